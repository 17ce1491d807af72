import { expect, it } from '@jest/globals';
import { encodeUlid } from './encode-ulid.js';

const bytes = (byte: number) => new Uint8Array(10).fill(byte);

it.each([
  ['nothing', 0, bytes(0), '00000000000000000000000000'],
  ['the most', 2 ** 48 - 1, bytes(255), '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
  // The example of https://github.com/ulid/spec: 01ARZ3NDEK is this moment.
  ['the moment of the specification', 1469922850259, bytes(0), '01ARZ3NDEK0000000000000000'],
  ['the lowest bit of chance', 0, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), '00000000000000000000000001'],
  ['the highest bit of chance', 0, new Uint8Array([128, 0, 0, 0, 0, 0, 0, 0, 0, 0]), '0000000000G000000000000000'],
])('%s', (_case, milliseconds, random, ulid) => {
  expect(encodeUlid(milliseconds, random)).toBe(ulid);
});

it('those of a later moment sort after those of an earlier one', () => {
  expect(encodeUlid(1_700_000_000_001, bytes(0)) > encodeUlid(1_700_000_000_000, bytes(255))).toBe(true);
});
