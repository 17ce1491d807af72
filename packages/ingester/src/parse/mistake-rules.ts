import type { FindingRule } from '../findings/finding-rules.js';
import type { DocumentFormat } from './read-envelope.js';
import type { Mistake } from './shapes/shape.js';

/**
 * What the original made of a mistake decides what it is here: an error where it refused the document, a warning
 * where it read on (it checked schemas only in one of the formats, reference 02 §2.2). Null: no finding.
 */
export const mistakeRules = {
  coerced: { deckhand: 'document.schema', native: 'document.advice' },
  missing: { deckhand: 'document.schema', native: null },
  unknown: { deckhand: 'document.schema', native: 'document.advice' },
  type: { deckhand: 'document.schema', native: 'document.schema' },
  value: { deckhand: 'document.value', native: 'document.value' },
  advice: { deckhand: 'document.advice', native: 'document.advice' },
} as const satisfies Record<Mistake, Record<DocumentFormat, FindingRule | null>>;
