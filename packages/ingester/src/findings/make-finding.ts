import type { DocumentReference, Finding, FindingLevel, SourcePlace } from '@drydock/model';
import { findingRules, type FindingRule } from './finding-rules.js';
import { hideSecrets, shownReference } from './hide-secrets.js';

export interface FindingDetails {
  readonly message: string;
  /** What to do about it. */
  readonly diagnostic: string;
  readonly document?: DocumentReference | undefined;
  readonly place?: SourcePlace | null;
  /** Other places that the finding speaks of. */
  readonly related?: readonly SourcePlace[] | undefined;
  /** Instead of those of the rule. */
  readonly level?: FindingLevel | undefined;
  readonly code?: string | undefined;
}

/** A finding of parsing or compiling. */
export function makeFinding(rule: FindingRule, details: FindingDetails): Finding {
  const usual = findingRules[rule];
  return {
    rule,
    code: details.code ?? usual.code,
    level: details.level ?? usual.level,
    message: hideSecrets(details.message),
    diagnostic: hideSecrets(details.diagnostic),
    documents: details.document === undefined ? [] : [shownReference(details.document)],
    place: details.place ?? null,
    ...(details.related === undefined ? {} : { related: details.related }),
  };
}
