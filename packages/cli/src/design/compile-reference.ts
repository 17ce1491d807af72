import { compileDesign } from '@drydock/ingester';
import type { CompiledDesign } from '@drydock/model';
import type { DesignReport } from '../output/findings/design-report.js';
import type { Surroundings } from '../surroundings.js';
import { type ReadOptions, readSource } from './read-source.js';
import { shownReference } from './shown-reference.js';

export interface CompiledReference {
  readonly report: DesignReport;
  /** Null when the documents cannot be read as a design. */
  readonly design: CompiledDesign | null;
}

/**
 * Reads and compiles a design in this process; no API is needed.
 * @throws DrydockError for what cannot be read or fetched
 */
export async function compileReference(
  reference: string,
  surroundings: Surroundings,
  { strict = false, ...options }: ReadOptions & { readonly strict?: boolean },
): Promise<CompiledReference> {
  const { bytes, source } = await readSource(reference, surroundings, options);
  const { design, findings, isValid } = compileDesign(bytes, source, { strict });
  return { report: { reference: shownReference(reference), isRead: true, isValid, findings }, design };
}
