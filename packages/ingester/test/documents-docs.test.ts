import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@drydock/model';
import { findingRules } from '../src/findings/finding-rules.js';
import { compileText } from './compiled.js';

const folder = new URL('../../../docs/rules/', import.meta.url);
const read = (id: string): string => readFileSync(new URL(`${id}.md`, folder), 'utf8');

/** What no YAML of a page can show. */
const withoutExamples: ReadonlySet<string> = new Set(['document.encoding', 'document.limit', 'internal']);

describe.each(Object.entries(findingRules))('the page of %s', (id, { code, level }) => {
  const page = read(id);
  const [title, , facts = ''] = page.split('\n');
  const [codes = '', levels = ''] = facts.split(' · ');

  test('begins with its id, its codes and the levels that it can have, as the index does', () => {
    expect(title).toBe(`# ${id}`);
    expect(codes.split(', ')).toContain(`\`${code}\``);
    expect(levels).toMatch(level === 'error' ? /^error/ : /^(warning|advice)/);
    const plainCodes = codes.replaceAll('`', '');
    expect(read('README')).toMatch(new RegExp(`\\(${id}\\.md\\) +\\| ${plainCodes} +\\| ${levels} +\\|`));
  });

  test('has its sections', () => {
    const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, text]) => text);
    expect(titles).toEqual(['Why', 'Wrong', 'Right', 'What to do']);
  });

  test('has examples that are wrong and examples that are right, or is one of those that can have none', () => {
    const wrong = examplesUnder(page, 'Wrong').map((text) => saidOf(id, text));
    const right = examplesUnder(page, 'Right').map((text) => saidOf(id, text));
    expect(wrong.length > 0 && right.length > 0).toBe(!withoutExamples.has(id));
    for (const said of wrong) {
      expect(said).not.toEqual([]);
      for (const finding of said) {
        expect(codes).toContain(`\`${finding.code}\``);
        expect(levels.replace('advice', 'warning')).toContain(finding.level);
      }
    }
    expect(right.flat()).toEqual([]);
  });
});

function saidOf(id: string, text: string): readonly Finding[] {
  return compileText(text).findings.filter(({ rule }) => rule === id);
}

function examplesUnder(page: string, title: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
  return [...section.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text ?? '');
}
