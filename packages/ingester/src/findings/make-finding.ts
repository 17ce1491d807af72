import type { DocumentReference, Finding, SourcePlace } from '@drydock/model';
import { findingRules, type FindingRule } from './finding-rules.js';

export interface FindingDetails {
  readonly message: string;
  /** What to do about it. */
  readonly diagnostic: string;
  readonly document?: DocumentReference | undefined;
  readonly place?: SourcePlace | null;
}

/** A finding of parsing or compiling. */
export function makeFinding(rule: FindingRule, details: FindingDetails): Finding {
  return {
    rule,
    ...findingRules[rule],
    message: details.message,
    diagnostic: details.diagnostic,
    documents: details.document === undefined ? [] : [details.document],
    place: details.place ?? null,
  };
}
