import { expect, test } from '@jest/globals';
import { type StoredFormats, unknownFormat } from './unknown-format.js';

const known: StoredFormats = { planFormat: 1, snapshotFormat: 1, progressFormat: 1 };

test.each<[string, Partial<StoredFormats>, string | null]>([
  ['all formats are known', {}, null],
  ['nothing is stored yet', { planFormat: null, snapshotFormat: null, progressFormat: null }, null],
  ['the plan is newer', { planFormat: 2 }, 'the plan has format 2, this version of Drydock knows 1'],
  [
    'the snapshot is newer',
    { snapshotFormat: 7 },
    'the snapshot of the design has format 7, this version of Drydock knows 1',
  ],
  [
    'the progress is newer',
    { progressFormat: 2 },
    'the progress of the step has format 2, this version of Drydock knows 1',
  ],
  [
    'the snapshot has no format at all',
    { snapshotFormat: 0 },
    'the snapshot of the design has format 0, this version of Drydock knows 1',
  ],
])('when %s', (_case, stored, said) => {
  expect(unknownFormat({ ...known, ...stored })).toBe(said);
});
