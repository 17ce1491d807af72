import type { CompiledDesign, Finding, FindingLevel } from '@drydock/model';
import type { DesignIndex } from '../compile/design-index.js';
import { UnreadAncestors } from '../compile/unread-ancestors.js';
import { hideSecrets, shownReference } from '../findings/hide-secrets.js';
import { LimitedFindings } from '../findings/limited-findings.js';
import { makeFinding } from '../findings/make-finding.js';
import { notAllRead, perhapsOnlyBecause } from '../findings/perhaps-only-because.js';
import { DesignFacts } from './design-facts.js';
import type { RuleProblem, Subject, ValidationRule } from './validation-rule.js';
import { validationRules } from './validation-rules.js';

export interface ValidationOptions {
  /** What the original let pass is an error instead of a warning. */
  readonly strict?: boolean;
  readonly rules?: readonly ValidationRule[];
}

/** Findings per rule and level; ten thousand nodes could otherwise make millions out of one profile. */
const mostFindings = 20_000;

/** Clients know a rule that found no error by these words (reference 01 §1.12). */
const passed = 'Validation successful.';

/**
 * Runs every rule on a design, in the order of the table. A rule without an error says so, warnings or not; a rule
 * that crashes is a finding of its own and hides no other.
 */
export function validateDesign(
  design: CompiledDesign,
  index: DesignIndex,
  { strict = false, rules = validationRules }: ValidationOptions = {},
): readonly Finding[] {
  const run = { facts: new DesignFacts(design, index), unread: new UnreadAncestors(index), strict };
  return rules.flatMap((rule) => runRule(rule, run));
}

interface Run {
  readonly facts: DesignFacts;
  readonly unread: UnreadAncestors;
  readonly strict: boolean;
}

function runRule(rule: ValidationRule, { facts, unread, strict }: Run): readonly Finding[] {
  const findings: Finding[] = [];
  const limited = new LimitedFindings(mostFindings, (finding) => findings.push(finding));
  const say = (wanted: FindingLevel, said: RuleProblem): void => {
    const { level, problem } = excused({ level: wanted, problem: said }, facts.documents, unread);
    limited.add(level, () => toFinding({ rule, level, problem }, facts.documents));
  };
  try {
    const report = {
      error: (problem: RuleProblem) => say('error', problem),
      warning: (problem: RuleProblem) => say('warning', problem),
      advice: (problem: RuleProblem) => say(strict ? 'error' : 'warning', problem),
    };
    rule.check(facts.design, report, facts);
  } catch (error) {
    findings.push(crashOf(rule, error));
  }
  findings.push(...unsaidFindings(rule, limited));
  if (findings.every((finding) => finding.level !== 'error')) say('info', { message: passed, diagnostic: '' });
  return findings;
}

interface Verdict {
  readonly level: FindingLevel;
  readonly problem: RuleProblem;
}

/** What follows from a mistake alone is no error, since the mistake is one. */
function excused(verdict: Verdict, index: DesignIndex, unread: UnreadAncestors): Verdict {
  const { level, problem } = verdict;
  const [subject] = problem.about ?? [];
  const reason = level === 'info' || subject === undefined ? null : doubtAbout(subject, { problem, index, unread });
  if (reason === null) return verdict;
  return { level: 'warning', problem: { ...problem, message: perhapsOnlyBecause(problem.message, reason) } };
}

interface Doubt {
  readonly problem: RuleProblem;
  readonly index: DesignIndex;
  readonly unread: UnreadAncestors;
}

/** Nobody knows what a document says in a field that could not be read, nor what a node inherits from such a one. */
function doubtAbout({ kind, name }: Subject, { problem, index, unread }: Doubt): string | null {
  const fields = problem.fields ?? problem.keys?.slice(0, 1).map(String) ?? [];
  if (index.isUnread(kind, name, ...fields)) return notAllRead({ kind, name });
  const node = kind === 'BaremetalNode' ? index.find(kind, name) : undefined;
  if (node === undefined) return null;
  const profile = unread.of(node);
  if (profile !== null) return `host profile "${profile}" could not be read`;
  const losing = fields.map((field) => unread.losing(node, field)).find((each) => each !== null);
  return losing === undefined ? null : notAllRead({ kind: 'HostProfile', name: losing });
}

function unsaidFindings(rule: ValidationRule, limited: LimitedFindings): readonly Finding[] {
  return (['error', 'warning'] as const).flatMap((level) => {
    const unsaid = limited.unsaid(level);
    if (unsaid === 0) return [];
    return makeFinding('document.limit', {
      message: `${rule.title}: there are ${unsaid} more ${level}s than are listed`,
      diagnostic: 'correct those that are listed, then validate again',
      level,
    });
  });
}

function toFinding({ rule, level, problem }: Verdict & { readonly rule: ValidationRule }, index: DesignIndex): Finding {
  const documents = (problem.about ?? []).flatMap(({ kind, name }) => index.find(kind, name) ?? []);
  const [first, ...others] = documents;
  return {
    rule: rule.id,
    code: rule.code,
    level,
    message: hideSecrets(`${rule.title}: ${problem.message}`),
    diagnostic: hideSecrets(problem.diagnostic),
    documents: documents.map(({ reference }) => shownReference(reference)),
    place: first?.placeOf(problem.keys ?? []) ?? null,
    ...(others.length === 0 ? {} : { related: others.map(({ place }) => place) }),
  };
}

function crashOf(rule: ValidationRule, error: unknown): Finding {
  return makeFinding('internal', {
    message: `${rule.title}: the rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`,
    diagnostic: 'this is a mistake in Drydock, not in the design; please report it with the design',
  });
}
