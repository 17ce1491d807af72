import type { DrydockClient, ValidationMessageDocument } from '@drydock/client';
import type { Finding, FindingLevel } from '@drydock/model';
import type { DesignReport } from '../output/findings/design-report.js';
import { shownReference } from './shown-reference.js';

const levels = { Error: 'error', Warning: 'warning', Info: 'info' } as const satisfies Record<
  ValidationMessageDocument['level'],
  FindingLevel
>;

/** The same report as of a design that was compiled here, from the API, which fetches the design itself. */
export async function askApi(client: DrydockClient, reference: string, strict: boolean): Promise<DesignReport> {
  const { status, details } = await client.validateDesign(reference, { strict });
  const findings = details.messageList.map(findingOf);
  return { reference: shownReference(reference), isRead: true, isValid: status === 'Success', findings };
}

function findingOf(document: ValidationMessageDocument): Finding {
  const { rule, name, level, message, diagnostic, documents, place, related } = document;
  return { rule, code: name, level: levels[level], message, diagnostic, documents, place, related };
}
