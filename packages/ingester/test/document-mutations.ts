import * as fc from 'fast-check';
import { load } from 'js-yaml';

type Mutation = (text: string) => fc.Arbitrary<Uint8Array>;

/** What else could stand where a few bytes of a document stand. */
export const byteMutation: Mutation = (text) => {
  const bytes = Buffer.from(text);
  const strange = fc.constantFrom(
    ...['\0', '\t', '\u{feff}', '\u{2028}', '\r', '🦊', '%', '@', '`', '"', '{', '[', '*a', '&a '].map((put) =>
      Buffer.from(put),
    ),
    Buffer.of(0xff),
    Buffer.of(0xfe, 0xff),
    Buffer.of(0xc3),
  );
  const ascii = fc.uint8Array({ min: 0x09, max: 0x7e, maxLength: 4 });
  const put = fc.oneof(strange, ascii, ascii, fc.uint8Array({ maxLength: 2 }));
  const damage = fc.record({ at: fc.nat(bytes.length), cut: fc.nat(6), put });
  return fc
    .array(damage, { minLength: 1, maxLength: 4 })
    .map((damages) =>
      damages.reduce<Uint8Array>(
        (old, { at, cut, put: added }) => Buffer.concat([old.subarray(0, at), added, old.subarray(at + cut)]),
        bytes,
      ),
    );
};

const lineEdits: Readonly<Record<string, (lines: readonly string[], at: number, to: number) => readonly string[]>> = {
  remove: (lines, at) => lines.toSpliced(at, 1),
  repeat: (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  move: (lines, at, to) => lines.toSpliced(at, 1).toSpliced(to, 0, lines[at] ?? ''),
  indent: (lines, at) => lines.with(at, `  ${lines[at]}`),
  unindent: (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {1,2}/, '')),
  comment: (lines, at) => lines.with(at, `# ${lines[at]}`),
  join: (lines, at) => lines.toSpliced(at, 2, `${lines[at]}${lines[at + 1] ?? ''}`),
  tab: (lines, at) => lines.with(at, `\t${lines[at]}`),
  mark: (lines, at) => lines.toSpliced(at, 0, '---'),
  end: (lines, at) => lines.toSpliced(at, 0, '...'),
  cut: (lines, at) => lines.slice(0, at),
  merge: (lines, at) => lines.toSpliced(at, 0, (lines[at] ?? '').replace(/\S.*/, '<<: *x')),
  anchor: (lines, at) => lines.with(at, (lines[at] ?? '').replace(/: (?=\S)/, ': &x ')),
};

/** What a hasty editor does to a document. */
export const lineMutation: Mutation = (text) => {
  const lines = text.split('\n');
  const position = fc.nat(lines.length - 1);
  const edit = fc.record({ name: fc.constantFrom(...Object.keys(lineEdits)), at: position, to: position });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<readonly string[]>((old, { name, at, to }) => {
        return old.length === 0 ? old : (lineEdits[name]?.(old, Math.min(at, old.length - 1), to) ?? old);
      }, lines),
    )
    .map((edited) => Buffer.from(edited.join('\n')));
};

/** A value that YAML can hold and a field usually cannot, as YAML. */
const strangeValue = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    'off',
    '0',
    '-1',
    '1.5',
    '1e400',
    '.inf',
    '.nan',
    '0o17',
    '0755',
    '1:20',
    '2020-01-02',
  ),
  fc.constantFrom(
    '12345678901234567890',
    "''",
    "'!'",
    '[]',
    '{}',
    '[null]',
    '{null: null}',
    '{1: 2}',
    '{? [a] : b}',
    '[[[]]]',
  ),
  fc.constantFrom(
    '!!str 5',
    '!x y',
    '*x',
    '{<<: {a: b}}',
    '{<<: 5}',
    `"${'x'.repeat(70_000)}"`,
    '__proto__',
    '{__proto__: {a: b}, constructor: 5}',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.double().map((number) => String(number)),
);

const strangeKey = fc.constantFrom(
  'null',
  '5',
  '1.0',
  'true',
  '"\\n"',
  '__proto__',
  'constructor',
  'naem',
  'vlna',
  "'!sdb'",
);

interface ValueEdit {
  readonly place: number;
  readonly edit: 'replace' | 'remove' | 'rename' | 'repeat' | 'add' | 'wrap';
  readonly value: string;
  readonly key: string;
}

/** What a generator of documents that does not know the language makes of one. */
export const valueMutation: Mutation = (text) => {
  const tree = load(text);
  const places = countValues(tree);
  const edit = fc.record<ValueEdit>({
    place: fc.nat(places - 1),
    edit: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'repeat', 'add', 'wrap'),
    value: strangeValue,
    key: strangeKey,
  });
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => Buffer.from(new EditedYaml(edits).write(tree)));
};

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + countValues(part), 1);
}

/** Writes a tree in flow style, with edits at the values that are counted in the order of writing. */
class EditedYaml {
  readonly #edits: ReadonlyMap<number, ValueEdit>;
  #place = -1;

  constructor(edits: readonly ValueEdit[]) {
    this.#edits = new Map(edits.map((edit) => [edit.place, edit]));
  }

  write(value: unknown): string {
    this.#place += 1;
    const edit = this.#edits.get(this.#place);
    const written = this.#writeWhole(value);
    if (edit?.edit === 'replace') return edit.value;
    if (edit?.edit === 'wrap') return `[${written}]`;
    return edit?.edit === 'add' && written.startsWith('{')
      ? `{${edit.key}: ${edit.value}, ${written.slice(1)}`
      : written;
  }

  #writeWhole(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.write(item)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
    return `{${Object.entries(value)
      .flatMap(([key, item]) => this.#writeEntry(key, item))
      .join(', ')}}`;
  }

  #writeEntry(key: string, item: unknown): readonly string[] {
    const edit = this.#edits.get(this.#place + 1);
    const entry = `${JSON.stringify(key)}: ${this.write(item)}`;
    if (edit?.edit === 'remove') return [];
    if (edit?.edit === 'rename') return [entry.replace(JSON.stringify(key), edit.key)];
    return edit?.edit === 'repeat' ? [entry, entry] : [entry];
  }
}
