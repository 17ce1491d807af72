import type { Finding } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import type { FindingRule } from '../findings/finding-rules.js';
import type { SiteDocument } from '../parse/site-document.js';

export interface CompileProblem {
  readonly document: SiteDocument;
  /** Of the field in the document's body. */
  readonly keys: readonly (string | number)[];
  readonly message: string;
  readonly diagnostic: string;
}

/** Collects what compiling has to say, each time with the document and the field that it is about. */
export class CompileReport {
  readonly #findings: Finding[] = [];

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  add(finding: Finding): void {
    this.#findings.push(finding);
  }

  say(rule: FindingRule, { document, keys, message, diagnostic }: CompileProblem): void {
    this.add(
      makeFinding(rule, {
        message: `${document.kind} "${document.name}": ${message}`,
        diagnostic,
        document: document.reference,
        place: document.placeOf(keys),
      }),
    );
  }
}
