import type { CompiledDesign, Finding, FindingLevel } from '@drydock/model';
import type { DesignIndex } from '../compile/design-index.js';
import { makeFinding } from '../findings/make-finding.js';
import type { RuleProblem, ValidationRule } from './validation-rule.js';
import { validationRules } from './validation-rules.js';

/**
 * Runs every rule on a design, in the order of the table. A rule without an error says so; a rule that crashes is a
 * finding of its own and hides no other.
 */
export function validateDesign(
  design: CompiledDesign,
  index: DesignIndex,
  rules: readonly ValidationRule[] = validationRules,
): readonly Finding[] {
  return rules.flatMap((rule) => runRule(rule, design, index));
}

function runRule(rule: ValidationRule, design: CompiledDesign, index: DesignIndex): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (level: FindingLevel, problem: RuleProblem): void => {
    findings.push(toFinding({ rule, level, problem }, index));
  };
  try {
    rule.check(design, {
      error: (problem) => say('error', problem),
      warning: (problem) => say('warning', problem),
    });
  } catch (error) {
    findings.push(crashOf(rule, error));
  }
  if (findings.every((finding) => finding.level !== 'error')) {
    say('info', { message: rule.passed, diagnostic: '' });
  }
  return findings;
}

function toFinding(
  { rule, level, problem }: { rule: ValidationRule; level: FindingLevel; problem: RuleProblem },
  index: DesignIndex,
): Finding {
  const documents = (problem.about ?? []).flatMap(({ kind, name }) => index.find(kind, name) ?? []);
  return {
    rule: rule.id,
    code: rule.code,
    level,
    message: `${rule.title}: ${problem.message}`,
    diagnostic: problem.diagnostic,
    documents: documents.map((document) => document.reference),
    place: documents[0]?.placeOf(problem.keys ?? []) ?? null,
  };
}

function crashOf(rule: ValidationRule, error: unknown): Finding {
  return makeFinding('internal', {
    message: `${rule.title}: the rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`,
    diagnostic: 'this is a mistake in Drydock, not in the design; please report it with the design',
  });
}
