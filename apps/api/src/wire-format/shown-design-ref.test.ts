import { expect, test } from '@jest/globals';
import { shownDesignRef } from './shown-design-ref.js';

test.each([
  ['https://host/site.yaml?rev=7', 'https://host/site.yaml?rev=7'],
  [
    'deckhand+http://deckhand-int/api/v1.0/revisions/7/rendered-documents',
    'deckhand+http://deckhand-int/api/v1.0/revisions/7/rendered-documents',
  ],
  ['file:///designs/me@site.yaml', 'file:///designs/me@site.yaml'],
  ['https://me:hunter2@host/site.yaml', 'https://host/site.yaml'],
  ['https://token@host/site.yaml', 'https://host/site.yaml'],
  ['http:me:hunter2@host/site.yaml', 'http://host/site.yaml'],
  ['http:///me:hunter2@host/site.yaml', 'http://host/site.yaml'],
  ['deckhand+https://me:hunter2@host/x', 'deckhand+https://host/x'],
  ['me:hunter2@', 'me:hunter2@'],
  ['//me:hunter2@host', '[not a URI]'],
])('%s is shown as %s', (reference, shown) => {
  expect(shownDesignRef(reference)).toBe(shown);
});
