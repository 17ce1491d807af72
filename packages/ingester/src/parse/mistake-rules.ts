import type { FindingRule } from '../findings/finding-rules.js';
import type { Mistake } from './shapes/shape.js';
import type { OriginalFormat } from './translators/document-translator.js';

/** `advice`: the original let it pass though it meant not to; a warning, and an error for who asks to be strict. */
export type Severity = 'error' | 'warning' | 'advice';

interface MistakeRule extends Readonly<Record<OriginalFormat, Severity>> {
  readonly rule: FindingRule;
  /** The original's code, where it is not the usual one of the rule: DD001 its schemas, DD000 its models. */
  readonly code?: 'DD000' | 'DD001';
}

/**
 * What the original made of a mistake decides what it is here: an error where it refused the document, a warning
 * where it read on (it checked schemas only in one of the formats, reference 02 §2.2).
 */
export const mistakeRules = {
  coerced: { rule: 'document.type', deckhand: 'error', native: 'advice' },
  null: { rule: 'document.type', deckhand: 'error', native: 'advice' },
  unknownKey: { rule: 'document.unknown-key', deckhand: 'error', native: 'advice' },
  pattern: { rule: 'document.format', deckhand: 'error', native: 'advice' },
  type: { rule: 'document.type', deckhand: 'error', native: 'error' },
  choice: { rule: 'document.choice', deckhand: 'error', native: 'error' },
  required: { rule: 'document.required', code: 'DD001', deckhand: 'error', native: 'error' },
  modelChoice: { rule: 'document.choice', code: 'DD000', deckhand: 'error', native: 'error' },
  modelRequired: { rule: 'document.required', deckhand: 'error', native: 'error' },
  modelValue: { rule: 'document.value', deckhand: 'error', native: 'error' },
  missedType: { rule: 'document.type', deckhand: 'advice', native: 'advice' },
  missedChoice: { rule: 'document.choice', deckhand: 'advice', native: 'advice' },
  missedRequired: { rule: 'document.required', code: 'DD001', deckhand: 'advice', native: 'advice' },
  missedFormat: { rule: 'document.format', deckhand: 'advice', native: 'advice' },
  missedKey: { rule: 'document.unknown-key', deckhand: 'advice', native: 'advice' },
  strayKey: { rule: 'document.unknown-key', deckhand: 'warning', native: 'warning' },
  ignored: { rule: 'document.ignored', deckhand: 'warning', native: 'warning' },
  cut: { rule: 'document.value', deckhand: 'warning', native: 'warning' },
  limit: { rule: 'document.limit', deckhand: 'error', native: 'error' },
} as const satisfies Record<Mistake, MistakeRule>;
