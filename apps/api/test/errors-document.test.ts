import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type ErrorCode, errorCodes } from '@drydock/model';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^#+ Refusals of HTTP/m)[0]
    ?.split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).trim(), section] as const),
);
const codes = Object.keys(errorCodes) as ErrorCode[];

describe('docs/errors.md', () => {
  test('has a section for every code and no other, in the order of the table', () => {
    expect([...sections.keys()]).toEqual(codes);
  });

  test.each(codes)('%s: says the message with its status, and what to do', (code) => {
    const section = sections.get(code) ?? '';
    expect(section).toMatch(/^- \*\*Message:\*\* \S/m);
    expect(section).toMatch(new RegExp(`\\(${errorCodes[code].status}[;)]`));
    expect(section).toMatch(/^- \*\*What to do:\*\* \S/m);
  });
});
