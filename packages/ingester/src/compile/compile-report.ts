import type { Finding } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import { notAllRead, perhapsOnlyBecause } from '../findings/perhaps-only-because.js';
import type { FindingRule } from '../findings/finding-rules.js';
import type { SiteDocument } from '../parse/site-document.js';

export interface CompileProblem {
  readonly document: SiteDocument;
  /** Of the field in the document's body. */
  readonly keys: readonly (string | number)[];
  readonly message: string;
  readonly diagnostic: string;
  /** Instead of the rule's; `advice`: the original let it pass, so a warning, and an error for who is strict. */
  readonly severity?: 'error' | 'warning' | 'advice';
}

/** Errors after which nobody knows what the nodes are that their author meant. */
const decisive: ReadonlySet<string> = new Set<FindingRule>([
  'compile.parent',
  'compile.hardware-profile',
  'document.duplicate',
]);

/**
 * Collects what compiling has to say, each time with the document and the field that it is about. What many nodes
 * inherit is said once, of the document that says it.
 */
export class CompileReport {
  readonly #findings: Finding[] = [];
  readonly #said = new Set<string>();
  readonly #isStrict: boolean;

  constructor(isStrict: boolean) {
    this.#isStrict = isStrict;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get isDecisive(): boolean {
    return this.#findings.some(({ rule, level }) => level === 'error' && decisive.has(rule));
  }

  add(finding: Finding): void {
    this.#findings.push(finding);
  }

  say(rule: FindingRule, { document, keys, message, diagnostic, severity }: CompileProblem): void {
    const text = `${document.kind} "${document.name}": ${message}`;
    const said = `${rule} ${text}`;
    if (this.#said.has(said)) return;
    this.#said.add(said);
    const advised = this.#isStrict ? 'error' : 'warning';
    const isCertain = !document.lostFields.has(String(keys[0]));
    const wanted = severity === 'advice' ? advised : severity;
    this.add(
      makeFinding(rule, {
        message: isCertain ? text : perhapsOnlyBecause(text, notAllRead(document)),
        diagnostic,
        document: document.reference,
        place: document.placeOf(keys),
        level: isCertain ? wanted : 'warning',
      }),
    );
  }
}
