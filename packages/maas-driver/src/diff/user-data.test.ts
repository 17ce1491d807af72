import { expect, test } from '@jest/globals';
import { userData } from './user-data.js';

test('packages become cloud-config in base64, and none is no user data', () => {
  expect(userData({})).toBeNull();
  const text = Buffer.from(userData({ vim: null, jq: '1.6' }) ?? '', 'base64').toString('utf8');
  expect(text).toBe('#cloud-config\n{"packages":["vim",["jq","1.6"]]}\n');
});
