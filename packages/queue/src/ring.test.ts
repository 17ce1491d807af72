import { describe, expect, test } from '@jest/globals';
import { checkRing, type Ring } from './ring.js';

const ring = (change: Partial<Ring>): Ring => ({ id: 'step-1', name: 'verify_site', data: { stepId: 's' }, ...change });
const dataOf = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

describe('a ring', () => {
  test.each([
    { what: 'with an id of step and ring number', change: {} },
    { what: 'with exactly 200 bytes of data', change: { data: dataOf(200) } },
  ])('is taken $what', ({ change }) => {
    expect(() => checkRing(ring(change))).not.toThrow();
  });

  test.each([
    { what: 'its id holds a colon', change: { id: 'step:1' } },
    { what: 'its id is empty', change: { id: '' } },
    { what: 'its id is a number, which BullMQ numbers itself', change: { id: '17' } },
    { what: 'its data has 201 bytes', change: { data: dataOf(201) } },
    { what: 'its data has 200 characters but more bytes', change: { data: { text: 'ü'.repeat(189) } } },
  ])('is refused when $what', ({ change }) => {
    expect(() => checkRing(ring(change))).toThrow(/^Job/);
  });
});
