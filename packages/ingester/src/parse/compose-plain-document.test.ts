import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseEvents } from 'js-yaml';
import { composeDocument, type ComposedDocument } from './compose-document.js';
import { composePlainDocument } from './compose-plain-document.js';
import { splitDocuments } from './split-documents.js';

/** Everything that a document says: its values with the offset of each key and item, and its own. */
function told(document: ComposedDocument | null): unknown {
  if (document === null) return null;
  const tell = (value: unknown): unknown => {
    if (Array.isArray(value)) return { items: value.map(tell), offsets: [...(document.offsets.get(value) ?? [])] };
    if (!(value instanceof Map)) return value;
    return {
      entries: [...value].map(([key, item]) => [key, tell(item)]),
      offsets: [...(document.offsets.get(value) ?? [])],
    };
  };
  return { offset: document.offset, duplicateKeys: document.duplicateKeys, value: tell(document.value) };
}

function plain(text: string): ComposedDocument | null {
  return composePlainDocument(text, { start: 0, end: text.length });
}

function byEvents(text: string): ComposedDocument {
  return composeDocument(text, parseEvents(text, {}));
}

test.each([
  ['a mapping', 'a: 1\nb: x y\n'],
  ['no line end after the last line', 'a: 1'],
  ['markers and comments', '# c\n---   # c\n\na: 1 # c\n  # c\nb: x#y\n...  # c\n'],
  ['nested mappings', 'a:\n  b:\n    c: 1\n  d:\ne: 2\n'],
  ['a sequence below its key', 'a:\n- 1\n- x: 1\n  y:\n  - 2\nb: 3\n'],
  ['a sequence deeper than its key', 'a: # c\n    - 1\n    -   x: 1\n        y: 2\nb:\n'],
  ['quoted scalars', `'a b': 'it''s'\n"c": "x: y # z" # c\nd:\n  - 'e'\n  - "f": 1\n`],
  ['scalars of YAML 1.1', 'yes: 0755\n0x10: 1.0\n~: 2017-02-17\na: 10.0.0.0/24\nb: 1:20\n'],
  ['characters that mean something elsewhere', 'a b: x[1]\nhttp://x: y:z\n-c: -1\n.d: a{b}, *c & "d"\n'],
  ['blanks around a colon and at the end of a line', 'a :   1   \nb: 2  \n'],
  ['a document that is deeper than its first line', '---\n  a: 1\n  b: 2\n'],
])('reads %s as js-yaml does', (_name, text) => {
  expect(plain(text)).not.toBeNull();
  expect(told(plain(text))).toEqual(told(byEvents(text)));
});

test('offsets count from the start of the range, not of the stream', () => {
  const text = 'a: 1\n---\nb:\n  - c\n';
  const [, second] = splitDocuments(text);
  if (second === undefined) throw new Error('one document is missing');
  expect(told(composePlainDocument(text, second))).toEqual(told(byEvents(text.slice(second.start, second.end))));
});

describe('leaves to js-yaml', () => {
  test.each([
    ['nothing', ''],
    ['an empty document', '---\n'],
    ['a scalar', 'a\n'],
    ['a sequence of documents', '- a\n'],
    ['content beside the marker', '--- a: 1\n'],
    ['content beside the end', 'a: 1\n... b\n'],
    ['a directive', '%YAML 1.1\n---\na: 1\n'],
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a flow mapping', 'a: {}\n'],
    ['a flow sequence', 'a: [1]\n'],
    ['a block scalar', 'a: |\n  x\n'],
    ['a scalar of two lines', 'a: x\n  y\n'],
    ['a quoted scalar of two lines', 'a: "x\n  y"\n'],
    ['an escape', 'a: "\\t"\n'],
    ['an open quote', "a: 'x\n"],
    ['text after a quote', "a: 'x' y\n"],
    ['a complex key', '? a\n: b\n'],
    ['a merge', '<<: a\n'],
    ['a key that stands twice', 'a: 1\na: 2\n'],
    ['a key that is a date', '2017-02-17: 1\n'],
    ['a mapping in a value', 'a: b: c\n'],
    ['a dash in a value', 'a: - b\n'],
    ['an empty item', 'a:\n  -\n'],
    ['a sequence in a sequence', 'a:\n  - - 1\n'],
    ['a tab', 'a:\t1\n'],
    ['a tab before a key', 'a:\n\tb: 1\n'],
    ['a carriage return', 'a: 1\r\n'],
    ['a carriage return in a comment', 'a: 1 # c\rb: 2\n'],
    ['a character beyond ASCII', 'a: é\n'],
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['a line between two depths', 'a:\n    b: 1\n  c: 2\n'],
    ['an item between two depths', 'a:\n  - b: 1\n   c: 2\n'],
    ['a line before the first depth', '  a: 1\nb: 2\n'],
    ['great depth', Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('%s', (_name, text) => {
    expect(plain(text)).toBeNull();
  });
});

describe('whatever is written', () => {
  /** How many documents were read, all of them as js-yaml reads them. */
  function compare(text: string): number {
    let count = 0;
    for (const { start, end } of splitDocuments(text)) {
      const read = composePlainDocument(text, { start, end });
      if (read === null) continue;
      count += 1;
      expect(told(read)).toEqual(told(byEvents(text.slice(start, end))));
    }
    return count;
  }

  const junk = fc.constantFrom(
    ...[
      'a',
      'b: ',
      "'k'",
      '"q"',
      '<<: ',
      '? ',
      '.',
      '1',
      '0x1',
      '- ',
      '- - ',
      '-',
      ' ',
      '  ',
      '\n',
      '\n  ',
      ': ',
      ':',
      ' :',
      "'",
    ],
    ...[
      "''",
      '"',
      '\\',
      '[1]',
      '[',
      '{a: 1}',
      '{',
      '|',
      '>-',
      '&a ',
      '*a',
      '!t ',
      '# c',
      ' # c',
      '#',
      'é',
      '\t',
      '%',
      '@',
      '`',
    ],
    ...[
      '\n...\n',
      '\n---\n',
      '---',
      '\0',
      '\r',
      '\r\n',
      '2017-02-17',
      '\uFEFF',
      '\u0085',
      '\u2028',
      '\x7f',
      ',',
      ']',
      '~',
      '!',
    ],
  );

  test('in lines of any kind: what is read is what js-yaml reads', () => {
    const line = fc
      .tuple(
        fc.nat(4),
        fc.constantFrom('', '', '- ', '-   '),
        fc.constantFrom('a', 'b', 'yes', "'k'", '"q"'),
        junk,
        junk,
      )
      .map(([indent, dashes, key, between, value]) => `${' '.repeat(indent)}${dashes}${key}${between}${value}`);
    let count = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        count += compare(`${lines.join('\n')}\n`);
      }),
      { numRuns: 10_000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  test('in a damaged document: what is read is what js-yaml reads', () => {
    const text =
      "---\nschema: drydock/Rack/v1 # c\nmetadata:\n  name: r1\n  'is': \"x: y\"\ndata:\n\n  list:\n  - 1\n  - a: 1\n    b:\n      - x\n      - y z\n  # c\n  deep:\n    er:\n      c: 10.0.0.1\n      d: 'it''s'\n  end:\n";
    const damage = fc.record({ at: fc.nat(text.length), cut: fc.nat(3), put: junk });
    let count = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const damaged = damages.reduce((old, { at, cut, put }) => old.slice(0, at) + put + old.slice(at + cut), text);
        count += compare(damaged);
      }),
      { numRuns: 3000 },
    );
    expect(count).toBeGreaterThan(300);
  });
});
