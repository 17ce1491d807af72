import { describe, expect, test } from '@jest/globals';
import { documentKinds } from '../src/parse/kinds/document-kinds.js';
import { parseDesign } from '../src/parse/parse-design.js';
import { ShapeCursor } from '../src/parse/shapes/shape-cursor.js';
import { bootAction } from './document-cases/boot-action-kind.js';
import type { FieldCase, KindCases, Verdict } from './document-cases/field-case.js';
import { baremetalNode, hardwareProfile, hostProfile } from './document-cases/host-kinds.js';
import { network, networkLink, rack, region } from './document-cases/site-kinds.js';

const kinds = [region, rack, networkLink, network, hardwareProfile, hostProfile, baremetalNode, bootAction];

const formats = ['deckhand', 'native'] as const;
type Format = (typeof formats)[number];

describe.each(kinds)('$kind', (cases) => {
  const rows = cases.fields.flatMap((field) => [
    { field, yaml: null, reads: field.absent, verdicts: field.missing ?? (['', ''] as const) },
    ...field.values.map(([yaml, reads, ...verdicts]) => ({ field, yaml, reads, verdicts })),
  ]);

  test.each(rows.map((row) => ({ ...row, name: `${row.field.field}: ${row.yaml ?? '(left out)'}` })))(
    '$name',
    ({ field, yaml, reads, verdicts }) => {
      for (const [index, format] of formats.entries()) {
        const text = documentText(cases, { field, yaml, format });
        const verdict = verdicts[index] ?? '';
        expect(judged(text, field, { strict: false })).toEqual({ verdict: asLevel(verdict, 'warning'), reads });
        expect(judged(text, field, { strict: true })).toEqual({ verdict: asLevel(verdict, 'error'), reads });
      }
    },
  );
});

test('every kind of document has its cases', () => {
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(documentKinds).toSorted());
});

test.each(kinds)('every field of a $kind that is read is in the table', ({ kind, fields }) => {
  const body = documentKinds[kind](undefined, new ShapeCursor(() => undefined));
  const named = new Set(fields.map(({ field }) => field.split('.')[0]));
  expect(Object.keys(body).filter((field) => !named.has(field))).toEqual([]);
});

function asLevel(verdict: Verdict, advice: 'warning' | 'error'): string {
  return verdict.replace('advice', advice).replace(/(DD00\d) /, '$1 document.');
}

function judged(text: string, field: FieldCase, options: { strict: boolean }): { verdict: string; reads: unknown } {
  const { documents, findings } = parseDesign(Buffer.from(text), 'site.yaml', options);
  const [document] = Object.values(documents).flat();
  return {
    verdict: findings.map(({ level, code, rule }) => `${level} ${code} ${rule}`).join('; '),
    reads: valueAt(plain(document?.body), (field.readAt ?? field.field).split('.')),
  };
}

const marker = '@value@';

/** JSON is YAML; the value stands where a marker stood. */
function documentText(
  cases: KindCases,
  { field, yaml, format }: { field: FieldCase; yaml: string | null; format: Format },
): string {
  const body = withValue(
    { ...cases.body, ...field.beside },
    field.field.split('.'),
    yaml === null ? undefined : marker,
  );
  const envelope =
    format === 'deckhand'
      ? { schema: `drydock/${cases.kind}/v1`, metadata: { name: 'x' }, data: body }
      : { apiVersion: 'drydock/v1', kind: cases.kind, metadata: { name: 'x' }, spec: body };
  return JSON.stringify(envelope)
    .replaceAll('":', '": ')
    .replaceAll(`"${marker}"`, ` ${yaml ?? ''} `);
}

function withValue(body: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const isIndex = /^\d+$/.test(key);
  const part = (body as Record<string, unknown> | undefined)?.[key];
  const inner = rest.length === 0 ? value : withValue(part, rest, value);
  if (isIndex) return [inner ?? {}];
  const others = Object.entries(body ?? {}).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

function valueAt(body: unknown, keys: readonly string[]): unknown {
  return keys.reduce((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], body);
}

function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
