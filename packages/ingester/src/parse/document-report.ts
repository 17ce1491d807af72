import type { DocumentReference, FindingLevel, SourcePlace } from '@drydock/model';
import { findingRules, type FindingRule } from '../findings/finding-rules.js';
import { isSecretName } from '../findings/hide-secrets.js';
import { LimitedFindings } from '../findings/limited-findings.js';
import { makeFinding } from '../findings/make-finding.js';
import { isParameterName } from './kinds/out-of-band.js';
import { mistakeRules, type Severity } from './mistake-rules.js';
import { offsetOf } from './offset-of.js';
import type { ReadableDocument } from './readable-document.js';
import { printPath } from './shapes/print-path.js';
import { printKey } from './shapes/print-scalar.js';
import type { Mistake, MistakeText, PathKey } from './shapes/shape.js';
import type { OriginalFormat } from './translators/document-translator.js';

/** Findings per document and level; aliases could otherwise make millions of them out of a few lines. */
const most = 100;

interface Saying {
  readonly message: string;
  readonly diagnostic: string;
  readonly keys?: readonly PathKey[];
  /** In the document; instead of `keys`. */
  readonly offset?: number;
  readonly related?: readonly SourcePlace[];
  readonly severity?: Severity;
  readonly code?: string | undefined;
}

/** Says what is wrong with one document, each time with the document and the place. */
export class DocumentReport {
  readonly #from: ReadableDocument;
  readonly #reference: DocumentReference;
  readonly #findings: LimitedFindings;

  constructor(from: ReadableDocument, reference: DocumentReference) {
    this.#from = from;
    this.#reference = reference;
    this.#findings = new LimitedFindings(most, from.report);
  }

  say(rule: FindingRule, { message, diagnostic, severity, code, related, ...where }: Saying): void {
    const level = severity === undefined ? undefined : this.#levelOf(severity);
    this.#findings.add(level ?? findingRules[rule].level, () =>
      makeFinding(rule, {
        message,
        diagnostic,
        document: this.#reference,
        place: this.#from.placeAt(where.offset ?? offsetOf(this.#from.yaml.composed, where.keys ?? [])),
        related,
        level,
        code,
      }),
    );
  }

  /** A mistake of a field. */
  sayMistake(
    format: OriginalFormat,
    mistake: Mistake,
    field: MistakeText & { readonly keys: readonly PathKey[] },
  ): void {
    const { rule, ...verdict } = mistakeRules[mistake];
    const { schema, name } = this.#reference;
    const path = printPath(field.isKeySecret === true ? field.keys.slice(0, -1) : field.keys);
    const readAs = field.readAs === undefined || field.keys.some(isSecretKey) ? '' : `; it is read as ${field.readAs}`;
    this.say(rule, {
      message: `${schema.split('/')[1]} "${printKey(name)}": ${path} ${field.message}${readAs}`,
      diagnostic: field.advice,
      keys: field.keys,
      severity: verdict[format],
      code: 'code' in verdict ? verdict.code : undefined,
    });
  }

  /** The last one counts; both are pointed at. Below an out-of-band stanza a key may be a torn password. */
  sayDuplicateKeys(): void {
    for (const { key, isBelowOutOfBand, firstOffset, offset } of this.#from.yaml.composed.duplicateKeys) {
      const isShown = !isBelowOutOfBand || isParameterName(key);
      const [first, last] = [this.#from.placeAt(firstOffset), this.#from.placeAt(offset)];
      this.say('document.duplicate-key', {
        message: `${isShown ? `key "${printKey(key)}"` : 'a key'} stands twice, in lines ${first.line} and ${last.line}; the last one counts`,
        diagnostic: 'remove one of them',
        offset,
        related: [first],
      });
    }
  }

  /** To be called at the end: says how much was left unsaid. */
  close(): void {
    for (const level of ['error', 'warning'] as const) {
      const unsaid = this.#findings.unsaid(level);
      if (unsaid === 0) continue;
      this.#from.report(
        makeFinding('document.limit', {
          message: `the document has ${unsaid} more ${level === 'error' ? 'errors' : 'warnings'} than are listed`,
          diagnostic: 'correct those that are listed, then validate again',
          document: this.#reference,
          place: this.#from.placeAt(this.#from.yaml.composed.offset),
          level,
        }),
      );
    }
  }

  #levelOf(severity: Severity): FindingLevel {
    if (severity === 'advice') return this.#from.isStrict ? 'error' : 'warning';
    return severity;
  }
}

function isSecretKey(key: PathKey): boolean {
  return typeof key === 'string' && isSecretName(key);
}
