import { ClientError } from '@drydock/client';
import { isDrydockError } from '@drydock/model';
import type { DesignReport } from '../output/findings/design-report.js';
import { shownReference } from './shown-reference.js';

/** Of the API: refused or unreadable, and not to be fetched. Any other answer, or none, says nothing of the design. */
const aboutDesigns: ReadonlySet<number | null> = new Set([400, 502]);

/**
 * What is to be said of a design that could not be read: why, at its beginning. The rule is the code of the error
 * (docs/errors.md).
 * @throws the error itself when it says nothing about a design
 */
export function unreadReport(reference: string, error: unknown): DesignReport {
  if (!isDrydockError(error) && !(error instanceof ClientError && aboutDesigns.has(error.status))) throw error;
  const shown = shownReference(reference);
  const place = { source: shown === '-' ? 'stdin' : shown, line: 1, column: 1 };
  const rule = isDrydockError(error) ? error.code : 'design_unavailable';
  const level = 'error';
  const finding = { rule, code: 'DD000', level, message: error.message, diagnostic: '', documents: [], place } as const;
  return { reference: shown, isRead: false, isValid: false, findings: [finding] };
}
