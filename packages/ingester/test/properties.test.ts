import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mergeHostSettings } from '../src/compile/merge-host-settings.js';
import { noSettings } from '../src/compile/host-settings.js';
import { mergeList, mergeMap } from '../src/compile/merge-values.js';
import { compileDesign } from '../src/index.js';
import { compileText, sample } from './compiled.js';

const text = sample('site-deckhand');
const documents = text.split(/^---$/m).slice(1);

describe('compiling', () => {
  test('the same bytes twice gives the same result', () => {
    expect(compileText(text)).toEqual(compileText(text));
  });

  test('depends on the order of documents in nothing but the order of what it gives', () => {
    const inOrder = (result: ReturnType<typeof compileText>): unknown =>
      JSON.stringify(result.design).split('').sort().join('');
    const expected = inOrder(compileText(text));
    fc.assert(
      fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (shuffled) => {
        const result = compileText(shuffled.map((document) => `---${document.replace('...', '')}`).join(''));
        expect(result.isValid).toBe(true);
        expect(inOrder(result)).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('never throws and always says what is wrong with a damaged design', () => {
    const junk = fc.constantFrom(
      '',
      '[',
      '{',
      ': ',
      '- ',
      '&a ',
      '*a ',
      '!x ',
      'null',
      '1',
      '"',
      '\n',
      '---\n',
      '\t',
      '<<: ',
      '🦊',
      '\0',
      '%',
    );
    const damage = fc.record({ at: fc.nat(text.length), cut: fc.nat(30), put: junk });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const damaged = damages.reduce((old, { at, cut, put }) => old.slice(0, at) + put + old.slice(at + cut), text);
        const { design, findings, isValid } = compileText(damaged);
        expect(isValid).toBe(findings.every(({ level }) => level !== 'error'));
        expect(findings.filter(({ rule }) => rule === 'internal')).toEqual([]);
        expect(design !== null || !isValid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('never throws for bytes that are no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => compileDesign(bytes, 'x')).not.toThrow();
      }),
    );
  });
});

describe('merging', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd');
  const marked = fc.oneof(
    word,
    word.map((name) => `!${name}`),
  );
  const plainMap = fc.dictionary(word, word).map((entries) => new Map(Object.entries(entries)));

  test('what was merged once changes nothing when merged again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word), fc.uniqueArray(marked), (parent, child) => {
        const once = mergeList(parent, child);
        expect(mergeList(parent, [...child, ...once.filter((item) => !child.includes(item))])).toEqual(once);
        expect(once.some((item) => item.startsWith('!'))).toBe(false);
      }),
    );
  });

  test('with nothing changes nothing', () => {
    fc.assert(
      fc.property(plainMap, (map) => {
        expect(mergeMap(map, new Map())).toEqual(map);
        expect(mergeMap(new Map(), map)).toEqual(map);
      }),
    );
    expect(mergeHostSettings(noSettings, noSettings)).toEqual(noSettings);
  });
});
