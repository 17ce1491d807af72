import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@drydock/model';
import { validationRules } from '../src/validate/validation-rules.js';
import { judgeDesign } from './judge-design.js';
import { allRuleCases } from './rule-cases/all-rule-cases.js';
import type { RuleCase, RuleCases } from './rule-cases/rule-case.js';

describe.each(allRuleCases.map((cases) => [cases.rule.id, cases] as const))('%s', (_id, corpus) => {
  test.each(corpus.cases.map((ruleCase) => [ruleCase.name, ruleCase] as const))('%s', (_name, ruleCase) => {
    expect(judge(corpus, ruleCase)).toEqual(ruleCase.says);
  });

  test('has its code and title in every finding, and says what to do in every one of a mistake', () => {
    const findings = corpus.cases.flatMap((ruleCase) => findingsOf(corpus, ruleCase, true));
    for (const { rule, code, message, diagnostic, level } of findings) {
      expect({ rule, code, begins: message.startsWith(`${corpus.title}: `) }).toEqual({
        rule: corpus.rule.id,
        code: corpus.code,
        begins: true,
      });
      expect(diagnostic === '').toBe(level === 'info');
    }
  });
});

test('the corpus has every rule, with a case where it finds something and one where it does not', () => {
  const both = allRuleCases
    .filter(({ cases }) => cases.some(({ says }) => says.length > 0) && cases.some(({ says }) => says.length === 0))
    .map(({ rule }) => rule.id);
  expect([...both].sort()).toEqual(validationRules.map(({ id }) => id).sort());
});

function findingsOf({ rule }: RuleCases, { site }: RuleCase, strict: boolean): readonly Finding[] {
  return judgeDesign(site.join(''), { strict, rules: [rule] });
}

/** Findings in both modes as the corpus writes them. */
function judge(corpus: RuleCases, ruleCase: RuleCase): readonly string[] {
  const lenient = findingsOf(corpus, ruleCase, false);
  const strict = findingsOf(corpus, ruleCase, true);
  expect(passes(lenient)).toBe(!lenient.some(({ level }) => level === 'error'));
  expect(passes(strict)).toBe(!strict.some(({ level }) => level === 'error'));
  const strictMistakes = strict.filter(({ level }) => level !== 'info');
  return lenient
    .filter(({ level }) => level !== 'info')
    .map((finding, index) => {
      const level = finding.level === strictMistakes[index]?.level ? finding.level : 'advice';
      const documents = finding.documents.map(({ schema, name }) => `${schema.split('/')[1]} ${name}`).join(', ');
      const message = finding.message.slice(`${corpus.title}: `.length);
      return `${level} ${markAt(ruleCase, finding)} [${documents}] ${message}`;
    });
}

function passes(findings: readonly Finding[]): boolean {
  return findings.some(({ level, message }) => level === 'info' && message.endsWith(': Validation successful.'));
}

function markAt({ site }: RuleCase, { place }: Finding): string {
  if (place === null) return '-';
  const line = site.join('').split('\n')[place.line - 1] ?? '';
  return /# (@\S+)/.exec(line)?.[1] ?? `line "${line.trim()}"`;
}
