import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { createReferenceResolver, type ReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import { type DesignHost, startDesignHost } from './design-host.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;
const modified = 'Tue, 01 Jul 2025 10:00:00 GMT';

let text: string;
let host: DesignHost;
let nowMs: number;

/** Answers 304 to whoever has it already. */
const withHeaders =
  (headers: (text: string) => Readonly<Record<string, string>>): RequestListener =>
  (request, response) => {
    const own = headers(text);
    const { 'if-none-match': tag, 'if-modified-since': date } = request.headers;
    const isKnown = tag === undefined ? date !== undefined && date === own['last-modified'] : tag === own['etag'];
    response.writeHead(isKnown ? 304 : 200, own).end(isKnown ? undefined : text);
  };
const tagged = withHeaders((text) => ({ etag: `"${text}"` }));

beforeAll(async () => {
  host = await startDesignHost({
    '/tagged': tagged,
    '/dated': withHeaders(() => ({ 'last-modified': modified })),
    '/both': withHeaders((text) => ({ etag: `W/"${text}"`, 'last-modified': modified })),
    '/private': withHeaders((text) => ({ etag: `"${text}"`, 'cache-control': 'private, no-store' })),
    '/plain': withHeaders(() => ({})),
    '/moved': (_request, response) => void response.writeHead(302, { location: '/tagged' }).end(),
  });
});
afterAll(() => host.close());
beforeEach(() => {
  text = 'one';
  nowMs = 0;
});

const resolverWith = (changes = {}): ReferenceResolver =>
  createReferenceResolver(policyWith({ cache: { lifeSeconds: 60, maxBytes: 1000 }, ...changes }), {
    nowMs: () => nowMs,
  });

/** What was read, and the conditions that were sent. */
async function read(resolver: ReferenceResolver, path: string, userInfo = ''): Promise<readonly unknown[]> {
  const reference = `http://${userInfo}127.0.0.1:${host.port}${path}`;
  const { bytes } = await resolver.resolve(reference, never);
  const headers = host.requests.at(-1)?.headers;
  return [Buffer.from(bytes).toString(), headers?.['if-none-match'], headers?.['if-modified-since']];
}

describe('a document that was read before', () => {
  test.each([
    ['/tagged', ['"one"', undefined]],
    ['/dated', [undefined, modified]],
    ['/both', ['W/"one"', modified]],
    ['/moved', ['"one"', undefined]],
  ])('at %s is asked for with what the server gave, and a 304 serves it again', async (path, conditions) => {
    const resolver = resolverWith();
    expect(await read(resolver, path)).toEqual(['one', undefined, undefined]);
    expect(await read(resolver, path)).toEqual(['one', ...conditions]);
  });

  test('is read anew when it changed', async () => {
    const resolver = resolverWith();
    await read(resolver, '/tagged');
    text = 'two';
    expect(await read(resolver, '/tagged')).toEqual(['two', '"one"', undefined]);
    expect(await read(resolver, '/tagged')).toEqual(['two', '"two"', undefined]);
  });

  test.each(['/private', '/plain'])('at %s is not kept', async (path) => {
    const resolver = resolverWith();
    await read(resolver, path);
    expect(await read(resolver, path)).toEqual(['one', undefined, undefined]);
  });

  test('is not kept longer than its life, however often it is confirmed', async () => {
    const resolver = resolverWith();
    await read(resolver, '/tagged');
    nowMs = 59_999;
    expect(await read(resolver, '/tagged')).toEqual(['one', '"one"', undefined]);
    nowMs = 60_000;
    expect(await read(resolver, '/tagged')).toEqual(['one', undefined, undefined]);
  });

  test.each([
    { lifeSeconds: 0, maxBytes: 1000 },
    { lifeSeconds: 60, maxBytes: 2 },
  ])('is not kept with %j', async (cache) => {
    const resolver = resolverWith({ cache });
    await read(resolver, '/tagged');
    expect(await read(resolver, '/tagged')).toEqual(['one', undefined, undefined]);
  });

  test('is another one for another account', async () => {
    const resolver = resolverWith();
    await read(resolver, '/tagged', 'me:a@');
    expect(await read(resolver, '/tagged', 'me:b@')).toEqual(['one', undefined, undefined]);
    expect(await read(resolver, '/tagged')).toEqual(['one', undefined, undefined]);
    expect(await read(resolver, '/tagged', 'me:a@')).toEqual(['one', '"one"', undefined]);
  });

  test('cannot be spoilt by whoever got it', async () => {
    const resolver = resolverWith();
    for (const spoil of [0, 1]) {
      const { bytes } = await resolver.resolve(`${host.origin}/tagged`, never);
      bytes.fill(spoil);
      structuredClone(bytes, { transfer: [bytes.buffer] });
    }
    expect(await read(resolver, '/tagged')).toEqual(['one', '"one"', undefined]);
  });
});
