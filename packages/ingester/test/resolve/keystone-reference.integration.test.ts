import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { createReferenceResolver, type ReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import type { KeystoneAccount, ReferencePolicy } from '../../src/resolve/reference-policy.js';
import { type DesignHost, startDesignHost } from './design-host.js';
import { type FakeKeystone, keystonePassword, startFakeKeystone } from './fake-keystone.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;
const status =
  (code: number, headers = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, headers).end('{"error": {"message": "the words of Keystone"}}');

let keystone: FakeKeystone;
let deckhand: DesignHost;
let other: DesignHost;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.now();
  keystone = await startFakeKeystone();
  other = await startDesignHost({ '/design': (_request, response) => response.end('of the other') });
  const guarded: RequestListener = (request, response) => {
    const token = request.headers['x-auth-token'];
    const isKnown = keystone.isValid(typeof token === 'string' ? token : undefined);
    response.writeHead(isKnown ? 200 : 401, { etag: '"1"' }).end(isKnown ? 'design' : undefined);
  };
  deckhand = await startDesignHost({
    '/design': guarded,
    '/moved': (_request, response) => void response.writeHead(302, { location: '/design' }).end(),
    '/away': (_request, response) => void response.writeHead(302, { location: `${other.origin}/design` }).end(),
    '/refuses-all': (_request, response) => void response.writeHead(401).end(),
  });
});
afterEach(() => Promise.all([keystone.close(), deckhand.close(), other.close()]));

function account(changes: Partial<KeystoneAccount> = {}): KeystoneAccount {
  return {
    authUrl: keystone.authUrl,
    username: 'drydock',
    password: keystonePassword,
    userDomain: { name: 'service' },
    project: { name: 'service-project' },
    projectDomain: { id: 'default' },
    hosts: [`127.0.0.1:${deckhand.port}`],
    ...changes,
  };
}

function resolverWith(changes: Partial<ReferencePolicy> = {}): ReferenceResolver {
  return createReferenceResolver(policyWith({ keystone: account(), ...changes }), { nowMs: () => nowMs });
}

async function read(resolver: ReferenceResolver, path = '/design', scheme = 'deckhand+http'): Promise<string> {
  const { bytes } = await resolver.resolve(`${scheme}://127.0.0.1:${deckhand.port}${path}`, never);
  return Buffer.from(bytes).toString();
}

const tokens = (): readonly unknown[] => deckhand.requests.map(({ headers }) => headers['x-auth-token']);

describe('a reference with Keystone', () => {
  test.each(['deckhand+http', 'promenade+http', 'DECKHAND+HTTP'])('%s shows the token', async (scheme) => {
    const resolver = resolverWith();
    const found = await resolver.resolve(`${scheme}://127.0.0.1:${deckhand.port}/design?x=1`, never);
    expect(Buffer.from(found.bytes).toString()).toBe('design');
    expect(found.source).toBe(`${scheme.toLowerCase()}://127.0.0.1:${deckhand.port}/design?…`);
    expect(deckhand.requests).toMatchObject([{ path: '/design?x=1', headers: { 'x-auth-token': 'token-1' } }]);
  });

  test.each<[string, Partial<KeystoneAccount>, unknown]>([
    ['a project by name', {}, { project: { name: 'service-project', domain: { id: 'default' } } }],
    ['a project by id', { project: { id: 'abc' } }, { project: { id: 'abc' } }],
    ['the default project', { project: null }, undefined],
  ])('asks for a token for %s', async (_name, changes, scope) => {
    await read(resolverWith({ keystone: account(changes) }));
    const user = { name: 'drydock', domain: { name: 'service' }, password: keystonePassword };
    const identity = { methods: ['password'], password: { user } };
    expect(keystone.asked).toEqual([{ auth: scope === undefined ? { identity } : { identity, scope } }]);
    expect(keystone.paths).toEqual(['POST /v3/auth/tokens?nocatalog']);
  });

  test.each(['', '/', '/v3', '/v3/'])('finds Keystone at an auth_url that ends with "%s"', async (end) => {
    const authUrl = keystone.authUrl.replace('/v3', end);
    expect(await read(resolverWith({ keystone: account({ authUrl }) }))).toBe('design');
    expect(keystone.paths).toEqual(['POST /v3/auth/tokens?nocatalog']);
  });

  test('asks for one token, also when many ask at once', async () => {
    const resolver = resolverWith();
    await Promise.all([read(resolver), read(resolver), read(resolver)]);
    await read(resolver);
    expect(tokens()).toEqual(['token-1', 'token-1', 'token-1', 'token-1']);
    expect(keystone.asked).toHaveLength(1);
  });

  test.each([
    [3539, 1],
    [3541, 2],
  ])('%d s after it was given a token of an hour, it has asked %d times', async (seconds, times) => {
    const resolver = resolverWith();
    await read(resolver);
    nowMs += seconds * 1000;
    await read(resolver);
    expect(keystone.asked).toHaveLength(times);
  });

  test('a token that ends at once is still used for the request that it was fetched for', async () => {
    keystone.lifeSeconds = 5;
    expect(await read(resolverWith())).toBe('design');
  });

  test('a token that ended early is replaced once', async () => {
    const resolver = resolverWith();
    await read(resolver);
    keystone.revokeAll();
    expect(await read(resolver)).toBe('design');
    expect(tokens()).toEqual(['token-1', 'token-1', 'token-2']);
  });

  test('a service that refuses every token is asked twice, and the error says what to check', async () => {
    await expect(read(resolverWith(), '/refuses-all')).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/status 401.*check the account/),
    });
    expect(tokens()).toEqual(['token-1', 'token-2']);
  });

  test('takes the token along within its origin', async () => {
    expect(await read(resolverWith(), '/moved')).toBe('design');
    expect(tokens()).toEqual(['token-1', 'token-1']);
  });

  test('takes no token to another origin, even to one that may have it', async () => {
    const hosts = [`127.0.0.1:${deckhand.port}`, `127.0.0.1:${other.port}`];
    expect(await read(resolverWith({ keystone: account({ hosts }) }), '/away')).toBe('of the other');
    expect(other.requests[0]?.headers['x-auth-token']).toBeUndefined();
  });

  test('leads to no host that the configuration does not name', async () => {
    await expect(read(resolverWith(), '/away')).rejects.toMatchObject({ code: 'design_reference_refused' });
    expect(other.requests).toEqual([]);
  });

  test('is confirmed by the server when it was read before', async () => {
    const resolver = resolverWith({ cache: { lifeSeconds: 60, maxBytes: 1000 } });
    await read(resolver);
    await read(resolver);
    expect(deckhand.requests[1]?.headers['if-none-match']).toBe('"1"');
  });

  test('an ordinary reference to the same host carries no token', async () => {
    const resolver = resolverWith();
    await read(resolver);
    await expect(read(resolver, '/design', 'http')).rejects.toThrow(/status 401/);
    expect(tokens()).toEqual(['token-1', undefined]);
  });
});

describe('a Keystone', () => {
  const withoutExpiry: RequestListener = (_request, response) =>
    void response.writeHead(201, { 'x-subject-token': 'hidden-token' }).end('{"token": {}}');
  const withoutToken: RequestListener = (_request, response) =>
    void response.writeHead(201).end('{"token": {"expires_at": "2099-01-01T00:00:00Z"}}');
  const noJson: RequestListener = (_request, response) =>
    void response.writeHead(201, { 'x-subject-token': 'hidden-token' }).end('<html></html>');
  const redirect = status(302, { location: 'http://169.254.169.254/' });

  test.each<[string, RequestListener, RegExp]>([
    ['refuses the account', status(401), /status 401, not with a token; check DRYDOCK_KEYSTONE_USERNAME/],
    ['refuses the project', status(403), /status 403, not with a token; give the Keystone account a role/],
    ['is not where it was said to be', status(404), /status 404.*check DRYDOCK_KEYSTONE_AUTH_URL/],
    ['redirects', redirect, /status 302.*check DRYDOCK_KEYSTONE_AUTH_URL/],
    ['gives no expiry', withoutExpiry, /gave no token with an expiry/],
    ['gives no token', withoutToken, /gave no token with an expiry/],
    ['gives no JSON', noJson, /gave no token with an expiry/],
  ])('that %s is named, and its answer is not kept', async (_name, answer, message) => {
    const resolver = resolverWith({ maxAttempts: 3 });
    keystone.next.push(answer);
    const error: unknown = await read(resolver).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'design_unavailable', message: expect.stringMatching(message) });
    expect((error as Error).message).toMatch(/^Keystone at http:\/\/127\.0\.0\.1:\d+\/v3\/auth\/tokens/);
    expect((error as Error).message).not.toMatch(/hidden|not-to-be-seen|words of Keystone/);
    expect(deckhand.requests).toEqual([]);
    expect(await read(resolver)).toBe('design');
  });

  test.each<[string, RequestListener, RegExp]>([
    ['the account', status(401), /; check OS_USERNAME and OS_PASSWORD, /],
    ['its address', status(404), /; check OS_AUTH_URL$/],
    ['its answer', withoutExpiry, /; check OS_AUTH_URL$/],
  ])('calls the settings of %s what they are called where they are read', async (_name, answer, message) => {
    const settingNames = { authUrl: 'OS_AUTH_URL', username: 'OS_USERNAME', password: 'OS_PASSWORD', hosts: '--hosts' };
    keystone.next.push(answer);
    await expect(read(resolverWith({ keystone: account({ settingNames }) }))).rejects.toThrow(message);
  });

  test('that is busy is asked again', async () => {
    keystone.next.push(status(503), (request) => request.socket.resetAndDestroy());
    const policy = policyWith({ keystone: account(), maxAttempts: 3 });
    const resolver = createReferenceResolver(policy, { pause: () => Promise.resolve() });
    expect(await read(resolver)).toBe('design');
    expect(keystone.asked).toHaveLength(3);
  });

  test('that is silent holds nobody longer than the time for everything, whoever asked first', async () => {
    const resolver = resolverWith({ totalTimeoutSeconds: 0.2 });
    const isAsked = new Promise<void>((resolve) => keystone.next.push(() => resolve()));
    const first = read(resolver);
    const outcomes = Promise.allSettled([first, isAsked.then(() => read(resolver))]);
    const late = { code: 'design_unavailable', message: expect.stringMatching(/did not answer in full within 0\.2 s/) };
    expect(await outcomes).toMatchObject([{ reason: late }, { reason: late }]);
    expect(keystone.asked).toHaveLength(1);
  });
});
