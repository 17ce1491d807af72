import { compileDesign } from '@drydock/ingester';
import type { CompiledDesign } from '@drydock/model';
import type { DesignReport } from '../output/findings/design-report.js';
import type { Surroundings } from '../surroundings.js';
import { readSource } from './read-source.js';

export interface CompiledReference {
  readonly report: DesignReport;
  /** Null when the documents cannot be read as a design. */
  readonly design: CompiledDesign | null;
}

/** Reads and compiles a design in this process; no API is needed. */
export async function compileReference(
  reference: string,
  surroundings: Surroundings,
  { strict = false }: { readonly strict?: boolean } = {},
): Promise<CompiledReference> {
  const { bytes, source } = await readSource(reference, surroundings);
  const { design, findings, isValid } = compileDesign(bytes, source, { strict });
  return { report: { reference, isValid, findings }, design };
}
