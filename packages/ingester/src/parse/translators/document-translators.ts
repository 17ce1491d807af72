import { deckhandTranslator } from './deckhand-translator.js';
import type { DocumentTranslator } from './document-translator.js';
import { nativeTranslator } from './native-translator.js';

/** Every format that Drydock knows by itself, in the order in which they are asked about a document. */
export const documentTranslators: readonly DocumentTranslator[] = [deckhandTranslator, nativeTranslator];
