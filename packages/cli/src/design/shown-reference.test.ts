import { expect, test } from '@jest/globals';
import { shownReference } from './shown-reference.js';

test.each([
  ['-', '-'],
  ['sites/me@host?#.yaml', 'sites/me@host?#.yaml'],
  ['https://host/a@b.yaml', 'https://host/a@b.yaml'],
  ['https://me:hidden@host/a.yaml', 'https://host/a.yaml'],
  ['https://me:hid@den@host/a.yaml', 'https://host/a.yaml'],
  ['https://host/a.yaml?token=hidden#hidden', 'https://host/a.yaml?…'],
  ['https://host/a.yaml?to=me@host', 'https://host/a.yaml?…'],
  ['deckhand+http://me:hidden@host/', 'deckhand+http://host/'],
  ['http:/me:hidden@host', 'http:/host'],
  ['http:me:hidden@host', 'http:host'],
  ['http://me:hidden@', 'http://'],
  ['http://me:hidden/hidden@host/a', 'http://host/a'],
  ['http://me:x#hidden@host/a', 'http://host/a'],
  ['http://me:/hidden@host/a', 'http://…host/a'],
  ['http://me:12/hidden@host/a', 'http://…host/a'],
  [' http://me:hidden@host/a', 'http://host/a'],
  ['me:hidden@host/a', '…host/a'],
  ['//me:hidden@host/a', '…host/a'],
  ['http//me:hidden@host/a', '…host/a'],
  ['http://me:x?hidden@host/a', 'http://host/a'],
])('%s is shown as %s', (reference, shown) => {
  expect(shownReference(reference)).toBe(shown);
});
