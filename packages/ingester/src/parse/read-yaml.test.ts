import { describe, expect, test } from '@jest/globals';
import { readYaml } from './read-yaml.js';
import { SourceText } from './source-text.js';

/** Values of the good documents; line, column and reason of the bad ones. */
function read(text: string): readonly unknown[] {
  const source = new SourceText(text, 'site.yaml');
  return [...readYaml(source)].map((document) => {
    if (document.ok) return plain(document.composed.value);
    const { line, column } = source.placeAt(document.offset);
    return `${line}:${column} ${document.problem}`;
  });
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? [...value].map(([key, item]) => [key, plain(item)]) : value;
}

test('of a key that stands twice it is known whether it is below an out-of-band stanza', () => {
  const text = '{a: {k: 1, k: 2}, oob: [{k: 1, k: 2, oob: {x: 1}}, {k: 1, k: 2}], b: &b {k: 1, k: 2}, oob: *b, a: 1}';
  const duplicates = [...readYaml(new SourceText(text, 'site.yaml'))].flatMap((document) =>
    document.ok ? document.composed.duplicateKeys : [],
  );
  expect(duplicates.map(({ key, isBelowOutOfBand }) => [key, isBelowOutOfBand])).toEqual([
    ['k', false],
    ['k', true],
    ['k', true],
    ['k', false],
    ['oob', false],
    ['a', false],
  ]);
});

describe('a stream of documents', () => {
  test.each([
    ['is empty', '', []],
    ['has comments only', '# a\n\n# b\n', []],
    ['is one document without a marker', 'a: 1', [[['a', 1]]]],
    ['has comments before the first marker', '# a\n---\na: 1\n', [[['a', 1]]]],
    ['has directives', '%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\nb: 2', [[['a', 1]], [['b', 2]]]],
    ['ends with ...', 'a: 1\n...\n', [[['a', 1]]]],
    ['has ... and --- between', 'a: 1\n...\n---\nb: 2\n', [[['a', 1]], [['b', 2]]]],
    ['has content beside the marker', '--- a\n--- {b: 2}\n', ['a', [['b', 2]]]],
    ['ends with a surplus marker', 'a: 1\n---\n', [[['a', 1]], null]],
    ['has Windows line ends', '---\r\na: 1\r\n---\r\nb: 2\r\n', [[['a', 1]], [['b', 2]]]],
    ['has a marker inside a block scalar that is indented', 'a: |\n  ---\n  x\n', [[['a', '---\nx\n']]]],
    ['has words that begin like a marker', '---a: 1\n', [[['---a', 1]]]],
  ])('that %s', (_name, text, documents) => {
    expect(read(text)).toEqual(documents);
  });

  test('with a syntax error in one: the others load and the error has its place', () => {
    expect(read('a: 1\n---\nb: [1\n---\nc: 3\n---\nd: "x\n')).toEqual([
      [['a', 1]],
      expect.stringMatching(/^3:6 /),
      [['c', 3]],
      expect.stringMatching(/^7:6 /),
    ]);
  });
});

describe('a document', () => {
  test.each([
    [
      'keeps keys as what they are',
      '{0xff: 1, yes: 2, "3": 4}',
      [
        [255, 1],
        [true, 2],
        ['3', 4],
      ],
    ],
    [
      'keeps the last of equal keys',
      'a: 1\nb: 2\na: 3\n',
      [
        ['a', 3],
        ['b', 2],
      ],
    ],
    [
      'has anchors and aliases',
      'a: &x [1]\nb: *x\n',
      [
        ['a', [1]],
        ['b', [1]],
      ],
    ],
    [
      'merges keys, own ones win',
      'a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n',
      [
        [
          'a',
          [
            ['k', 1],
            ['l', 2],
          ],
        ],
        [
          'b',
          [
            ['k', 1],
            ['l', 3],
          ],
        ],
      ],
    ],
    [
      'merges a list, the first wins',
      '{<<: [{k: 1}, {k: 2, m: 3}]}',
      [
        ['k', 1],
        ['m', 3],
      ],
    ],
    [
      'merges keys twice, the second wins over the first as the last of equal keys does',
      'b: {<<: {k: 1, l: 1}, <<: [{k: 2, m: 2}, {m: 3}], l: 4}\n',
      [
        [
          'b',
          [
            ['k', 2],
            ['l', 4],
            ['m', 2],
          ],
        ],
      ],
    ],
    ['takes a quoted << as a key', "{'<<': {k: 1}}", [['<<', [['k', 1]]]]],
    [
      'has tags of YAML itself',
      '{a: !!str 1, b: !!int "2", c: ! 3}',
      [
        ['a', '1'],
        ['b', 2],
        ['c', '3'],
      ],
    ],
    ['keeps a key that JavaScript has a meaning for', '{__proto__: {x: 1}}', [['__proto__', [['x', 1]]]]],
  ])('%s', (_name, text, value) => {
    expect(read(text)).toEqual([value]);
  });

  test.each([
    ['a tag of an application', 'a: 1\nb: !python/object x\n', /^2:19 this tag is not allowed/],
    ['an alias before its anchor', 'a: *x\nb: &x 1\n', /^1:4 the alias points at no finished value/],
    ['an alias inside its own anchor', 'a: &x [*x]\n', /^1:8 the alias/],
    ['a merge of a scalar', 'a: {<<: 1}\n', /^1:9 << needs a mapping/],
    ['a key that is a list', '? [a]\n: b\n', /^1:3 a key must be a plain value/],
    ['a null byte', 'a: \0\n', /null byte/],
  ])('with %s is refused', (_name, text, problem) => {
    expect(read(text)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    '!hunter2',
    '!!hunter2',
    '!!int hunter2',
    '*hunter2',
    '!hunter2^x',
    '!hunter2!x',
    '!<hunter2',
    '&hunter2 !x y',
  ])('with a credential %s that is not in quotes is refused without showing it', (credential) => {
    expect(read(`oob:\n  credential: ${credential}\n`)).toEqual([expect.not.stringContaining('hunter2')]);
  });

  test('whose aliases multiply without end is refused at once', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    expect(read(lines.join('\n'))).toEqual([expect.stringMatching(/more than 2000000 values/)]);
  });

  test('nested without end is refused', () => {
    expect(read('['.repeat(10_000))).toEqual([expect.stringMatching(/^1:\d+ /)]);
  });
});
