import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { createReferenceResolver, type ResolverParts } from '../../src/resolve/create-reference-resolver.js';
import type { HostAddress } from '../../src/resolve/http/checked-lookup.js';
import { type DesignHost, startDesignHost } from './design-host.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;
const status =
  (code: number, headers = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, headers).end();
const design: RequestListener = (_request, response) => void response.end('design');

let host: DesignHost;
let next: RequestListener[];
let pauses: number[];

beforeAll(async () => {
  host = await startDesignHost({
    '/design': (request, response) => (next.shift() ?? design)(request, response),
  });
});
afterAll(() => host.close());
beforeEach(() => {
  next = [];
  pauses = [];
});

const parts: Partial<ResolverParts> = {
  random: () => 0.5,
  pause: async (milliseconds) => void pauses.push(milliseconds),
};

function read(changes = {}, other: Partial<ResolverParts> = {}): Promise<string> {
  const resolver = createReferenceResolver(policyWith({ maxAttempts: 3, ...changes }), { ...parts, ...other });
  return resolver.resolve(`${host.origin}/design`, never).then(({ bytes }) => Buffer.from(bytes).toString());
}

describe('a failure that may pass', () => {
  test.each<[string, RequestListener]>([
    ['status 408', status(408)],
    ['status 429', status(429)],
    ['status 500', status(500)],
    ['status 502', status(502)],
    ['status 503', status(503)],
    ['status 504', status(504)],
    ['a reset', (request) => void request.socket.resetAndDestroy()],
    [
      'a truncated body',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('kind:', () => response.socket?.destroy());
      },
    ],
  ])('%s is tried again', async (_name, failure) => {
    next = [failure, failure];
    expect(await read()).toBe('design');
    expect(pauses).toEqual([250, 1000]);
  });

  test('is not tried more often than the policy says, and the last one is told', async () => {
    next = [status(503), status(502), status(504), status(503)];
    await expect(read()).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/status 504.*\(tried 3 times\)$/),
    });
    expect(next).toHaveLength(1);
  });

  test.each([
    ['3', [3000]],
    ['0', [250]],
    ['3600', [5000]],
    ['Wed, 21 Oct 2099 07:28:00 GMT', [250]],
  ])('with Retry-After: %s pauses %j ms', async (header, expected) => {
    next = [status(503, { 'retry-after': header })];
    await read();
    expect(pauses).toEqual(expected);
  });

  test('of the look-up is tried again', async () => {
    let times = 0;
    const lookUp = async (): Promise<HostAddress[]> => {
      times += 1;
      if (times === 1) throw Object.assign(new Error('busy'), { code: 'EAI_AGAIN' });
      return [{ address: '127.0.0.1', family: 4 }];
    };
    expect(await read({}, { lookUp })).toBe('design');
    expect(pauses).toEqual([250]);
  });

  test('is told as it was when the time ends during a pause', async () => {
    next = [status(503)];
    const pause = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    await expect(read({ totalTimeoutSeconds: 0.3 }, { pause })).rejects.toThrow(/status 503/);
  });
});

describe('a failure that stays', () => {
  test.each<[string, RequestListener]>([
    ['status 400', status(400)],
    ['status 401', status(401)],
    ['status 403', status(403)],
    ['status 404', status(404)],
    ['a web page', (_request, response) => void response.end('<html></html>')],
    ['a document that is too large', (_request, response) => void response.end('x'.repeat(1001))],
    ['a redirect that is refused', status(302, { location: 'http://10.0.0.1/' })],
  ])('%s is not tried again', async (_name, failure) => {
    next = [failure];
    await expect(read()).rejects.toThrow();
    expect(pauses).toEqual([]);
  });

  test('is forgotten: the next time is a new one', async () => {
    const resolver = createReferenceResolver(policyWith({ cache: { lifeSeconds: 60, maxBytes: 1000 } }), parts);
    next = [status(404)];
    await expect(resolver.resolve(`${host.origin}/design`, never)).rejects.toThrow(/404/);
    const { bytes } = await resolver.resolve(`${host.origin}/design`, never);
    expect(Buffer.from(bytes).toString()).toBe('design');
  });
});
