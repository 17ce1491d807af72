import { expect, test } from '@jest/globals';
import { chooseDataDirectory } from './data-directory.js';

test.each([
  ['what is configured', { configured: '/srv/dd', projectRoot: '/p/drydock', uid: 0 }, /^\/srv\/dd$/],
  [
    'the project itself for a user',
    { configured: undefined, projectRoot: '/p/drydock', uid: 1000 },
    /^\/p\/drydock\/\.drydock$/,
  ],
  [
    'a place of the checkout for root',
    { configured: '', projectRoot: '/p/drydock', uid: 0 },
    /^\/var\/lib\/drydock\/drydock-[0-9a-f]{8}$/,
  ],
])('is %s', (_, facts, expected) => {
  expect(chooseDataDirectory(facts)).toMatch(expected);
});

test('a checkout is the same with and without a slash at its end', () => {
  const place = (projectRoot: string) => chooseDataDirectory({ configured: undefined, projectRoot, uid: 0 });
  expect(place('/srv/drydock/')).toBe(place('/srv/drydock'));
});
