import type { CompiledDesign, Finding, FindingLevel } from '@drydock/model';
import type { DesignIndex } from '../compile/design-index.js';
import { makeFinding } from '../findings/make-finding.js';
import { DesignFacts } from './design-facts.js';
import type { RuleProblem, ValidationRule } from './validation-rule.js';
import { validationRules } from './validation-rules.js';

export interface ValidationOptions {
  /** What the original let pass is an error instead of a warning. */
  readonly strict?: boolean;
  readonly rules?: readonly ValidationRule[];
}

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
  const facts = new DesignFacts(design, index);
  return rules.flatMap((rule) => runRule(rule, facts, strict));
}

function runRule(rule: ValidationRule, facts: DesignFacts, strict: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (level: FindingLevel, problem: RuleProblem): void => {
    findings.push(toFinding({ rule, level, problem }, facts.documents));
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
  if (findings.every((finding) => finding.level !== 'error')) say('info', { message: passed, diagnostic: '' });
  return findings;
}

function toFinding(
  { rule, level, problem }: { rule: ValidationRule; level: FindingLevel; problem: RuleProblem },
  index: DesignIndex,
): Finding {
  const documents = (problem.about ?? []).flatMap(({ kind, name }) => index.find(kind, name) ?? []);
  const [first, ...others] = documents;
  return {
    rule: rule.id,
    code: rule.code,
    level,
    message: `${rule.title}: ${problem.message}`,
    diagnostic: problem.diagnostic,
    documents: documents.map((document) => document.reference),
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
