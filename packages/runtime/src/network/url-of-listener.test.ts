import { expect, test } from '@jest/globals';
import { urlOfListener } from './url-of-listener.js';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:9000'],
  ['localhost', 'http://localhost:9000'],
  ['0.0.0.0', 'http://127.0.0.1:9000'],
  ['::', 'http://127.0.0.1:9000'],
  ['::1', 'http://[::1]:9000'],
])('who listens on %s is reached at %s', (host, url) => {
  expect(urlOfListener(host, 9000)).toBe(url);
});
