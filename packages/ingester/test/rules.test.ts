import { describe, expect, test } from '@jest/globals';
import type { ValidationRule } from '../src/validate/validation-rule.js';
import { validationRules } from '../src/validate/validation-rules.js';
import { compileText, linesOf, sample, sampleWith } from './compiled.js';
import { judgeDesign } from './judge-design.js';

const text = sample('site-deckhand');

/** A rule that says what it is told to, then crashes if it is told so. */
function scripted(id: string, check: ValidationRule['check']): ValidationRule {
  return { id, code: 'DD9999', title: `Rule ${id}`, check };
}

describe('the table of rules', () => {
  test('has unique ids', () => {
    expect(new Set(validationRules.map(({ id }) => id)).size).toBe(validationRules.length);
  });

  test('begins with the codes of the original in its order', () => {
    expect(validationRules.slice(0, 17).map(({ code, title }) => `${code} ${title}`)).toEqual([
      'DD1001 Rational Boot Storage',
      'DD2006 CIDR Validity',
      'DD1008 Hugepages',
      'DD2002 IP Locality Check',
      'DD2003 MTU Rationality',
      'DD2004 Network Trunking Rationalty',
      'DD2005 Duplicated IP Check',
      'DD1006 Network Bond Rationality',
      'DD2002 Storage Partitioning',
      'DD2003 Storage Sizing',
      'DD2004 Storage Mountpoint',
      'DD1007 Allowed Network Check',
      'DD3003 Hostname Validity',
      'DD4001 Valid IPMI Configuration',
      'DD4002 Valid Libvirt Configuration',
      'DD4001 Bootaction Definition',
      'DD4002 Bootaction pkg_list Validation',
    ]);
  });

  test('gives rules of our own codes of their own', () => {
    const codes = validationRules.map(({ code }) => code);
    const own = codes.slice(17);
    expect(own.filter((code) => codes.indexOf(code) !== codes.lastIndexOf(code))).toEqual([]);
  });
});

describe('the engine', () => {
  test('says of every rule without an error that it passed, in the order of the table', () => {
    const findings = judgeDesign(text);
    expect(findings.map(({ level, rule }) => `${level} ${rule}`)).toEqual(
      validationRules.map(({ id }) => `info ${id}`),
    );
    expect(findings[1]).toEqual({
      rule: 'network.cidr',
      code: 'DD2006',
      level: 'info',
      message: 'CIDR Validity: Validation successful.',
      diagnostic: '',
      documents: [],
      place: null,
    });
  });

  test.each([
    ['an error', 'error', ['error', 'info b']],
    ['a warning', 'warning', ['warning', 'info a', 'info b']],
    ['advice', 'advice', ['warning', 'info a', 'info b']],
  ] as const)('after %s', (_name, level, expected) => {
    const speaking = scripted('a', (_design, report) => report[level]({ message: 'm', diagnostic: 'd' }));
    const findings = judgeDesign(text, { rules: [speaking, scripted('b', () => undefined)] });
    expect(findings.map((finding) => (finding.level === 'info' ? `info ${finding.rule}` : finding.level))).toEqual(
      expected,
    );
  });

  test('makes an error of advice, and of no warning, when strict', () => {
    const speaking = scripted('a', (_design, report) => {
      report.advice({ message: 'advice', diagnostic: 'd' });
      report.warning({ message: 'warning', diagnostic: 'd' });
    });
    expect(linesOf(judgeDesign(text, { rules: [speaking], strict: true }))).toEqual([
      'error DD9999 a - Rule a: advice',
      'warning DD9999 a - Rule a: warning',
    ]);
  });

  test('shows a crash of a rule as a finding of its own, keeps what it had said, and runs the others', () => {
    const crashing = scripted('a', (_design, report) => {
      report.warning({ message: 'before', diagnostic: 'd' });
      throw new TypeError('oops');
    });
    expect(linesOf(judgeDesign(text, { rules: [crashing, scripted('b', () => undefined)] }))).toEqual([
      'warning DD9999 a - Rule a: before',
      'error DD0000 internal - Rule a: the rule a failed: oops',
    ]);
    expect(judgeDesign(text, { rules: [crashing, scripted('b', () => undefined)] }).at(-1)).toMatchObject({
      rule: 'b',
      level: 'info',
    });
  });

  test('lists so many findings of a rule and counts the others', () => {
    const endless = scripted('a', (_design, report) => {
      for (let index = 0; index < 20_003; index += 1) report.error({ message: `${index}`, diagnostic: 'd' });
      report.warning({ message: 'w', diagnostic: 'd' });
    });
    const lines = linesOf(judgeDesign(text, { rules: [endless] }));
    expect(lines).toHaveLength(20_002);
    expect(lines.slice(-3)).toEqual([
      'error DD9999 a - Rule a: 19999',
      'warning DD9999 a - Rule a: w',
      'error DD000 document.limit - Rule a: there are 3 more errors than are listed',
    ]);
  });

  test('survives a crash in what rules look up together', () => {
    const looking = scripted('a', (_design, _report, facts) => {
      Object.defineProperty(facts, 'network', {
        value: () => {
          throw new Error('no');
        },
      });
    });
    const findings = judgeDesign(text, { rules: [looking, ...validationRules] });
    expect(findings.filter(({ rule }) => rule === 'internal').length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ rule }) => rule))).toContain('boot-action.path');
  });

  test('points at the documents that a finding is about', () => {
    const { findings } = compileText(sampleWith('127.16.0.12', '127.16.0.11'));
    expect(findings.find(({ level }) => level === 'error')).toMatchObject({
      rule: 'network.duplicate-address',
      documents: [
        { schema: 'drydock/BaremetalNode/v1', name: 'n2' },
        { schema: 'drydock/BaremetalNode/v1', name: 'n1' },
      ],
      place: { source: 'site.yaml', line: 178, column: 7 },
      related: [{ source: 'site.yaml', line: 151, column: 1 }],
    });
  });

  test('finds the same in both formats', () => {
    const broken = (name: 'site-deckhand' | 'site-native') =>
      judgeDesign(sample(name).replaceAll('127.16.0.12', '127.16.0.11').replaceAll('mtu: 9000', 'mtu: 90'));
    const withoutPlace = (name: 'site-deckhand' | 'site-native') =>
      broken(name).map((finding) => ({ ...finding, place: null, related: null }));
    expect(withoutPlace('site-native')).toEqual(withoutPlace('site-deckhand'));
    expect(broken('site-native').filter(({ level }) => level === 'error')).toHaveLength(3);
  });
});
