import { describe, expect, test } from '@jest/globals';
import { hashContent } from './hash-content.js';

const mebibyte = 1024 * 1024;
const filled = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(7);

describe('the name of content', () => {
  test.each([
    ['small', 100],
    ['of one part', mebibyte],
    ['of several parts', 5 * mebibyte],
  ])('is the same for the same bytes, %s', async (_, size) => {
    expect(await hashContent(filled(size))).toBe(await hashContent(filled(size)));
  });

  test.each([
    ['at the start', 0],
    ['where two parts meet', 2 * mebibyte],
    ['at the end', 5 * mebibyte - 1],
  ])('is another when a byte differs %s', async (_, place) => {
    const changed = filled(5 * mebibyte);
    changed[place] = 8;
    expect(await hashContent(changed)).not.toBe(await hashContent(filled(5 * mebibyte)));
  });

  test('is another for the same bytes with one more', async () => {
    expect(await hashContent(filled(4 * mebibyte))).not.toBe(await hashContent(filled(4 * mebibyte + 1)));
  });
});
