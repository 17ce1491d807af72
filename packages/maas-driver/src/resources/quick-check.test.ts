import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { array, boolean, mixed, number, object, type Schema, string } from 'yup';
import { quickCheckOf } from './quick-check.js';
import { listOf } from './site-documents.js';

/** Everything that the schemas of MAAS's answers say of a field. */
const schema = object({
  id: number().integer().required(),
  size: number().optional(),
  name: string().required(),
  comment: string().defined(),
  label: string().nullable().optional(),
  locked: boolean().optional(),
  anything: mixed().nullable().optional(),
  something: mixed().required(),
  vlan: object({ id: number().integer().required() }).nullable().defined(),
  tags: array(string().required()).optional(),
  parts: array(object({ id: number().required() }).required()).required(),
}).required();

const good = {
  id: 1,
  name: 'n1',
  comment: '',
  label: null,
  something: 0,
  vlan: { id: 5001, other: 'unread' },
  tags: ['a'],
  parts: [{ id: 1.5 }],
};

/** As `readDocument` asks yup. */
function isValid(wanted: Schema, document: unknown): boolean {
  return wanted.isValidSync(document, { strict: true });
}

test('a document that fits is found at once', () => {
  expect(quickCheckOf(schema)(good)).toBe(true);
  expect(quickCheckOf(listOf.fabrics)([{ id: 1, name: 'f', vlans: [{ id: 2, vid: 0, fabric_id: 1 }] }])).toBe(true);
});

const scalar = fc.constantFrom<unknown>(undefined, null, '', 'x', 0, 1, 1.5, NaN, Infinity, true, [], {}, [null], [{}]);
const deep = fc.oneof(
  scalar,
  fc.record({ id: scalar }),
  fc.array(fc.oneof(scalar, fc.record({ id: scalar })), { maxLength: 3 }),
);

test('what it lets pass yup lets pass, and where it says no to a plain document yup does too', () => {
  const fits = quickCheckOf(schema);
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(good), 'size', 'locked', 'anything'), deep, (field, value) => {
      const document = { ...good, [field]: value };
      expect([field, value, fits(document)]).toEqual([field, value, isValid(schema, document)]);
    }),
    { numRuns: 2000 },
  );
});

describe('what it cannot express', () => {
  test.each<[string, Schema, unknown]>([
    ['a test of another kind', string().min(1), 'x'],
    ['a closed list of values', string().oneOf(['x']), 'x'],
    ['another type', array().of(string().email()), ['a@b.example']],
    ['a list of anything', array(), []],
    ['a length', array(string().required()).length(1), ['x']],
  ])('%s fits nothing, so that yup is asked', (_what, other, document) => {
    expect([quickCheckOf(other)(document), isValid(other, document)]).toEqual([false, true]);
  });
});
