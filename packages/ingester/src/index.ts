export { compileDesign, type CompileResult } from './compile-design.js';
export { hashDesign } from './hash-design.js';
export type { ReferencePolicy, ResolvedReference } from './resolve/reference-policy.js';
export { resolveReference } from './resolve/resolve-reference.js';
