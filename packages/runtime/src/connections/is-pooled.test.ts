import { expect, test } from '@jest/globals';
import { Secret } from '../secret.js';
import { isPooled } from './is-pooled.js';

const database = 'postgres://drydock@127.0.0.1:6432/drydock';
const direct = 'postgres://drydock@127.0.0.1:5432/drydock';

test.each([
  ['only one way is named', undefined, false],
  ['both ways are the same, as npm start tells its processes', database, false],
  ['the direct way is another', direct, true],
])('when %s', (_case, directUrl, pooled) => {
  const databaseDirectUrl = directUrl === undefined ? undefined : new Secret(directUrl);
  expect(isPooled({ databaseUrl: new Secret(database), databaseDirectUrl })).toBe(pooled);
});
