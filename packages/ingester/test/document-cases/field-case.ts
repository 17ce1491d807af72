import type { DocumentKind } from '../../src/parse/kinds/document-kinds.js';

/**
 * What is said about a value: nothing, or level, code and the rule without `document.`. `advice` is a warning, and an
 * error for who asks to be strict.
 */
export type Verdict = '' | `${'error' | 'advice' | 'warning'} ${'DD000' | 'DD001'} ${string}`;

/** What stands in the YAML, what it is read as, and the verdict in the Deckhand and in the native format. */
export type ValueCase = readonly [yaml: string, reads: unknown, deckhand: Verdict, native: Verdict];

/** One field of a kind of document. */
export interface FieldCase {
  /** Keys and indexes in the body, with dots. */
  readonly field: string;
  /** Where its value is found in what was read, if not there. */
  readonly readAt?: string;
  /** What it is read as when it is left out, and what is said then. */
  readonly absent: unknown;
  readonly missing?: readonly [deckhand: Verdict, native: Verdict];
  readonly values: readonly ValueCase[];
  /** Beside the body of the kind: what the field's neighbours need. */
  readonly beside?: object;
}

export interface KindCases {
  readonly kind: DocumentKind;
  /** A body with everything that the kind wants. */
  readonly body: object;
  readonly fields: readonly FieldCase[];
}

type More = Partial<FieldCase>;

/** A string that the schema wants. */
export function textField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['word', 'word', '', ''],
    ['"5"', '5', '', ''],
    ['5', '5', 'error DD001 type', 'advice DD001 type'],
    ['1.0', '1.0', 'error DD001 type', 'advice DD001 type'],
    ['yes', 'True', 'error DD001 type', 'advice DD001 type'],
    ['2020-01-02', '2020-01-02', 'error DD001 type', 'advice DD001 type'],
    ['null', null, 'error DD001 type', 'advice DD001 type'],
    ['[word]', null, 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, null, values, more);
}

/** A string that the original meant to check and did not. */
export function uncheckedTextField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['word', 'word', '', ''],
    ['5', '5', 'advice DD001 type', 'advice DD001 type'],
    ['null', null, '', ''],
    ['[word]', null, 'error DD000 value', 'error DD000 value'],
  ];
  return withDefault(field, null, values, more);
}

export function numberField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['1500', 1500, '', ''],
    ['-1', -1, '', ''],
    ['1_500', 1500, '', ''],
    ['2.0', 2, '', ''],
    ['1500.7', 1500, 'warning DD000 value', 'warning DD000 value'],
    ['"1500"', 1500, 'error DD001 type', 'advice DD001 type'],
    ['true', 1, 'error DD001 type', 'advice DD001 type'],
    ['null', null, 'error DD001 type', 'advice DD001 type'],
    ['many', null, 'error DD001 type', 'error DD001 type'],
    ['.inf', null, 'error DD001 type', 'error DD001 type'],
    ['[1]', null, 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, null, values, more);
}

export function flagField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['true', true, '', ''],
    ['off', false, '', ''],
    ['"false"', true, 'error DD001 type', 'advice DD001 type'],
    ['0', false, 'error DD001 type', 'advice DD001 type'],
    ['null', null, 'error DD001 type', 'advice DD001 type'],
    ['[]', null, 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, null, values, more);
}

export function choiceField(field: string, words: readonly string[], code: 'DD000' | 'DD001' = 'DD001'): FieldCase {
  const values: readonly ValueCase[] = [
    ...words.map((word): ValueCase => [word, word, '', '']),
    ['other', null, `error ${code} choice`, `error ${code} choice`],
    ['5', null, `error ${code} choice`, `error ${code} choice`],
    ['null', null, 'error DD001 type', 'advice DD001 type'],
  ];
  return withDefault(field, null, values, {});
}

export function textListField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['[a, b]', ['a', 'b'], '', ''],
    ['[]', [], '', ''],
    ['[5]', ['5'], 'error DD001 type', 'advice DD001 type'],
    ['[null]', [''], 'error DD001 type', 'advice DD001 type'],
    ['null', [], 'error DD001 type', 'advice DD001 type'],
    ['word', [], 'error DD001 type', 'error DD001 type'],
    ['{a: b}', [], 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, [], values, more);
}

/** Names to strings, which the schema wants. */
export function textMapField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['{a: b}', { a: 'b' }, '', ''],
    ['{}', {}, '', ''],
    ['{a: 5}', { a: '5' }, 'error DD001 type', 'advice DD001 type'],
    ['{a: null}', { a: '' }, 'error DD001 type', 'error DD001 type'],
    ['{5: b}', {}, 'error DD000 value', 'error DD000 value'],
    ['null', {}, 'error DD001 type', 'advice DD001 type'],
    ['[a]', {}, 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, {}, values, more);
}

/** Names to any scalar, kept as text. */
export function scalarMapField(field: string, more: More = {}): FieldCase {
  const values: readonly ValueCase[] = [
    ['{a: b}', { a: 'b' }, '', ''],
    ['{a: 5, b: true, c: 1.50, d: 2.0, e: 0755}', { a: '5', b: 'True', c: '1.5', d: '2.0', e: '493' }, '', ''],
    ['{a: 12345678901234567890, b: 1.0e+20}', { a: '12345678901234567890', b: '1e+20' }, '', ''],
    ['{a: null}', { a: '' }, 'error DD000 value', 'error DD000 value'],
    ['{a: [b]}', { a: '' }, 'error DD000 value', 'error DD000 value'],
    ['{5: b}', {}, 'error DD000 value', 'error DD000 value'],
    ['null', {}, 'error DD001 type', 'advice DD001 type'],
  ];
  return withDefault(field, {}, values, more);
}

/** Labels, of which the presence alone may count. */
export function labelsField(field: string): FieldCase {
  const { values } = scalarMapField(field);
  return withDefault(
    field,
    {},
    [...values.filter(([yaml]) => yaml !== '{a: null}'), ['{a: null}', { a: '' }, '', '']],
    {},
  );
}

/** A mapping itself, or with an empty list as its default a list: what is said when it is something else. */
export function containerField(field: string, absent: unknown, values: readonly ValueCase[] = []): FieldCase {
  const other = Array.isArray(absent) ? '{a: b}' : '[a]';
  const standard: readonly ValueCase[] = [
    ['null', absent, 'error DD001 type', 'advice DD001 type'],
    ['word', absent, 'error DD001 type', 'error DD001 type'],
    [other, absent, 'error DD001 type', 'error DD001 type'],
  ];
  return withDefault(field, absent, standard, { values });
}

/** One verdict on several values of a text. */
export function eachText(
  yamls: readonly string[],
  reads: unknown,
  verdicts: readonly [deckhand: Verdict, native: Verdict],
): readonly ValueCase[] {
  return yamls.map((yaml) => [yaml, reads, ...verdicts]);
}

/** Replaces standard values of a field by others for the same YAML, and adds the rest. */
function withDefault(field: string, absent: unknown, standard: readonly ValueCase[], more: More): FieldCase {
  const own = new Set((more.values ?? []).map(([yaml]) => yaml));
  const values = [...standard.filter(([yaml]) => !own.has(yaml)), ...(more.values ?? [])];
  return { field, absent, ...more, values };
}
