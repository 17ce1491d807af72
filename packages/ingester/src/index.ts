export {
  chooseTranslators,
  compileDesign,
  documentTranslators,
  hashDesign,
  type ChosenTranslators,
  type CompileOptions,
  type CompileResult,
  type DocumentTranslator,
  type OriginalFormat,
  type PathOf,
  type TranslatedDocument,
  type Translation,
  type UnknownDocument,
} from './compiler.js';
export { type CheckedReference, checkReference } from './resolve/check-reference.js';
export {
  createReferenceResolver,
  type ReferenceResolver,
  type ResolverParts,
} from './resolve/create-reference-resolver.js';
export type { KeystoneAccount, ReferencePolicy, ResolvedReference } from './resolve/reference-policy.js';
