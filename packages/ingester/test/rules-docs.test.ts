import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { FindingLevel } from '@drydock/model';
import { findingRules } from '../src/findings/finding-rules.js';
import { compileDesign } from '../src/index.js';
import { validationRules } from '../src/validate/validation-rules.js';
import { allRuleCases } from './rule-cases/all-rule-cases.js';

const folder = new URL('../../../docs/rules/', import.meta.url);
const read = (page: string): string => readFileSync(new URL(`${page}.md`, folder), 'utf8');

const index = read('README');
const pages = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -'.md'.length))
  .filter((page) => page !== 'README' && page !== 'differences');
const ids: readonly string[] = [...Object.keys(findingRules), ...validationRules.map(({ id }) => id)];

/** Bytes that are no text, a text of many megabytes, and a mistake of our own are no examples for a page. */
const withoutExamples = ['document.encoding', 'document.limit', 'internal'];

test('every rule has a page, and every page a rule', () => {
  expect([...pages].sort()).toEqual([...ids].sort());
});

test("the index lists every rule once, and the compiled design's in the order in which they run", () => {
  const listed = [...index.matchAll(/^\| \[([\w.-]+)\]\(\1\.md\)/gm)].map(([, id]) => id ?? '');
  expect([...listed].sort()).toEqual([...ids].sort());
  expect(listed.filter((id) => !(id in findingRules))).toEqual(validationRules.map(({ id }) => id));
});

describe.each(ids)('the page of %s', (id) => {
  const page = read(id);

  test('begins with its id, and with the codes and levels that the index lists', () => {
    const [title, , facts] = page.split('\n');
    const row = index.split('\n').find((line) => line.startsWith(`| [${id}](`)) ?? '';
    const [, , codes, levels] = row.split('|').map((cell) => cell.trim());
    expect(title).toBe(`# ${id}`);
    expect(facts?.replaceAll('`', '').split(' · ')).toEqual(expect.arrayContaining([codes, levels]));
  });

  test('has its sections', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, section]) => section)).toEqual([
      'Why',
      'Wrong',
      'Right',
      'What to do',
    ]);
  });

  test('has examples, which are wrong and right', () => {
    const [wrong, right] = [examplesUnder(page, 'Wrong'), examplesUnder(page, 'Right')];
    expect(wrong.length > 0 && right.length > 0).toBe(!withoutExamples.includes(id));
    for (const example of wrong) expect(levelsOf(id, example)).not.toEqual([]);
    for (const example of right) expect(levelsOf(id, example)).toEqual([]);
  });
});

test.each(validationRules.map((rule) => [rule.id, rule] as const))(
  'the page of %s has its code, title and the levels of its cases',
  (id, { code, title }) => {
    expect(read(id).split('\n')[2]).toBe(`\`${code}\` · ${title} · ${levelsInCorpus(id)}`);
  },
);

function levelsOf(id: string, text: string): readonly FindingLevel[] {
  return compileDesign(Buffer.from(text), 'page.yaml', { strict: true })
    .findings.filter(({ rule, level }) => rule === id && level !== 'info')
    .map(({ level }) => level);
}

function levelsInCorpus(id: string): string {
  const said = allRuleCases.find(({ rule }) => rule.id === id)?.cases.flatMap(({ says }) => says) ?? [];
  return ['error', 'advice', 'warning'].filter((level) => said.some((line) => line.startsWith(`${level} `))).join(', ');
}

function examplesUnder(page: string, title: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
  return [...section.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text ?? '');
}
