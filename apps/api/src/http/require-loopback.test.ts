import type { Request, Response } from 'express';
import { expect, test } from '@jest/globals';
import { requireLoopback } from './require-loopback.js';

/** What the guard lets through for a connection between the two addresses. */
function guard(remoteAddress: string | undefined, localAddress: string | undefined, host = '127.0.0.1:9000'): unknown {
  let passed: unknown = 'nothing';
  const request = { socket: { remoteAddress, localAddress }, headers: { host } } as unknown as Request;
  void requireLoopback(request, {} as Response, (error?: unknown) => {
    passed = error;
  });
  return passed;
}

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['::ffff:127.0.0.1', '::ffff:127.0.0.1'],
])('a connection from %s to %s is served', (remote, local) => {
  expect(guard(remote, local)).toBeUndefined();
});

test.each([
  ['10.0.0.7', '10.0.0.1'],
  ['10.0.0.7', '127.0.0.1'],
  ['127.0.0.1', '10.0.0.1'],
  [undefined, undefined],
])('a connection from %s to %s is forbidden, whatever was configured', (remote, local) => {
  expect(guard(remote, local)).toMatchObject({ code: 'forbidden', message: expect.stringContaining('loopback') });
});

test.each([
  ['localhost:9000', undefined],
  ['[::1]:9000', undefined],
  ['drydock.example:9000', expect.objectContaining({ code: 'forbidden' })],
  ['', expect.objectContaining({ code: 'forbidden' })],
])('a request for the host %s is answered accordingly', (host, expected) => {
  expect(guard('127.0.0.1', '127.0.0.1', host)).toEqual(expected);
});
