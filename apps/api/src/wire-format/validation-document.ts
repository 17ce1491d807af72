import type { DocumentReference, Finding, FindingLevel, SourcePlace } from '@drydock/model';
import { timestamp } from './timestamp.js';

const levels = { error: 'Error', warning: 'Warning', info: 'Info' } as const satisfies Record<FindingLevel, string>;

/** A finding as clients of the original know it (reference 02 §2.6); `rule`, `place` and `related` are ours. */
export interface ValidationMessageDocument {
  readonly kind: 'ValidationMessage';
  /** The original's code; several rules share some. */
  readonly name: string;
  readonly message: string;
  readonly error: boolean;
  readonly level: (typeof levels)[FindingLevel];
  readonly diagnostic: string;
  readonly ts: string;
  readonly documents: readonly DocumentReference[];
  /** Unique id of the rule; `docs/rules` explains each. */
  readonly rule: string;
  readonly place: SourcePlace | null;
  readonly related: readonly SourcePlace[];
}

/** The answer of `POST /validatedesign` (reference 01 §1.12); `status` is always spelt `Success` or `Failure`. */
export interface ValidationDocument {
  readonly kind: 'Status';
  readonly apiVersion: 'v1.0';
  readonly metadata: Readonly<Record<string, never>>;
  readonly message: string;
  readonly reason: string | null;
  readonly status: 'Success' | 'Failure';
  readonly details: { readonly errorCount: number; readonly messageList: readonly ValidationMessageDocument[] };
  readonly code: 200 | 400;
}

/** @param at when the design was compiled, ISO 8601 */
export function validationDocument(findings: readonly Finding[], isValid: boolean, at: string): ValidationDocument {
  const ts = timestamp(at);
  return {
    kind: 'Status',
    apiVersion: 'v1.0',
    metadata: {},
    message: isValid ? 'Site design passed validation' : 'Site design failed validation.',
    reason: isValid ? null : 'See detail messages.',
    status: isValid ? 'Success' : 'Failure',
    details: {
      errorCount: findings.filter(({ level }) => level === 'error').length,
      messageList: findings.map((finding) => validationMessage(finding, ts)),
    },
    code: isValid ? 200 : 400,
  };
}

function validationMessage(finding: Finding, ts: string): ValidationMessageDocument {
  const { rule, code, level, message, diagnostic, documents, place, related = [] } = finding;
  return {
    kind: 'ValidationMessage',
    name: code,
    message,
    error: level === 'error',
    level: levels[level],
    diagnostic,
    ts,
    documents,
    rule,
    place,
    related,
  };
}
