export { compileDesign, type CompileOptions, type CompileResult } from './compile-design.js';
export { hashDesign } from './hash-design.js';
export { chooseTranslators, type ChosenTranslators } from './parse/translators/choose-translators.js';
export type {
  DocumentTranslator,
  OriginalFormat,
  PathOf,
  TranslatedDocument,
  Translation,
  UnknownDocument,
} from './parse/translators/document-translator.js';
export { documentTranslators } from './parse/translators/document-translators.js';
