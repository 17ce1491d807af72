import type { CompiledDesign, Finding } from '@drydock/model';
import { compileDocuments } from './compile/compile-documents.js';
import { parseDesign, type ParseOptions } from './parse/parse-design.js';
import { validateDesign } from './validate/validate-design.js';

/** `strict`: what the original's schemas meant to refuse and let pass is an error instead of a warning. */
export type CompileOptions = ParseOptions;

export interface CompileResult {
  /**
   * The design, frozen; null when a document could not be read or a profile is missing, because what would be left is
   * not what its author meant. There in spite of other errors: nodes can be listed, nothing may be done.
   */
  readonly design: CompiledDesign | null;
  /** Parsing, compiling, then rules; within each in the order of the documents. */
  readonly findings: readonly Finding[];
  /** No finding is an error. Only a valid design may reach a driver. */
  readonly isValid: boolean;
}

/**
 * What the bytes of a design mean, and everything that is to be said about them. Pure: the same bytes and source give
 * the same result. Never throws for what stands in a design.
 *
 * @param source where it came from, as findings show it: a path or URL without user info.
 */
export function compileDesign(bytes: Uint8Array, source: string, options: CompileOptions = {}): CompileResult {
  const parsed = parseDesign(bytes, source, options);
  const compilation = compileDocuments(parsed.documents, { ...options, unread: parsed.unread });
  const before = [...parsed.findings, ...compilation.findings];
  const findings = [...before, ...validateDesign(compilation.design, compilation.index, options)];
  return {
    design: parsed.findings.some(isError) || compilation.isDoubtful ? null : compilation.design,
    findings,
    isValid: !findings.some(isError),
  };
}

function isError(finding: Finding): boolean {
  return finding.level === 'error';
}
