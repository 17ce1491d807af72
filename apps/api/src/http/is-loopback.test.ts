import { expect, test } from '@jest/globals';
import { isLoopbackAddress, isLoopbackHost } from './is-loopback.js';

test.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::FFFF:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1', false],
  ['127.0.0.1.example', false],
  ['', false],
  [undefined, false],
])('a connection from %s stays on this machine: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});

test('localhost is a host to listen on, not an address', () => {
  expect([isLoopbackHost('LocalHost'), isLoopbackAddress('localhost')]).toEqual([true, false]);
});
