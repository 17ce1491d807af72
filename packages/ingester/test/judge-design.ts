import type { Finding } from '@drydock/model';
import { compileDocuments } from '../src/compile/compile-documents.js';
import { parseDesign } from '../src/parse/parse-design.js';
import { validateDesign, type ValidationOptions } from '../src/validate/validate-design.js';

/** What the rules say of a text. Fragments of a site do, whatever reading and compiling say of them. */
export function judgeDesign(text: string, options: ValidationOptions = {}): readonly Finding[] {
  const { design, index } = compileDocuments(parseDesign(Buffer.from(text), 'site.yaml').documents);
  return validateDesign(design, index, options);
}
