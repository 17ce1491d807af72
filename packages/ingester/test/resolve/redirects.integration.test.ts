import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { createReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import type { HostAddress } from '../../src/resolve/http/checked-lookup.js';
import type { ReferencePolicy } from '../../src/resolve/reference-policy.js';
import { type DesignHost, startDesignHost } from './design-host.js';
import { startFullListener } from './full-listener.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;
const basic = (userInfo: string): string => `Basic ${Buffer.from(userInfo).toString('base64')}`;
const to =
  (location: () => string, status = 302): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { location: location() }).end('moved');

let host: DesignHost;
let other: DesignHost;
let seenBefore: number;

beforeAll(async () => {
  other = await startDesignHost({
    '/design': (_request, response) => response.end('of the other'),
    '/back': to(() => `${host.origin}/design`),
    '/log-in': (_request, response) => response.writeHead(401).end(),
  });
  host = await startDesignHost({
    '/design': (_request, response) => response.end('design'),
    '/301': to(() => '/design', 301),
    '/302': to(() => 'design', 302),
    '/303': to(() => `${host.origin}/design`, 303),
    '/307': to(() => '/302', 307),
    '/308': to(() => '/design', 308),
    '/circle': to(() => '/circle'),
    '/away': to(() => `${other.origin}/design`),
    '/away-to-log-in': to(() => `${other.origin}/log-in`),
    '/away-and-back': to(() => `${other.origin}/back`),
    '/with-user-info': to(() => `http://given:by-server@127.0.0.1:${other.port}/design`),
    '/to-file': to(() => 'file:///etc/passwd'),
    '/to-metadata': to(() => 'http://169.254.169.254/latest/meta-data'),
    '/to-private': to(() => 'http://10.0.0.1/design'),
    '/to-name': to(() => 'http://inside.test/design'),
    '/to-nowhere': to(() => 'http://['),
    '/without-location': (_request, response) => response.writeHead(302).end(),
  });
});
afterAll(() => Promise.all([host.close(), other.close()]));
beforeEach(() => {
  seenBefore = other.requests.length;
});

async function textOf(url: string, changes: Partial<ReferencePolicy> = {}): Promise<string> {
  const { bytes } = await createReferenceResolver(policyWith(changes)).resolve(url, never);
  return Buffer.from(bytes).toString();
}

const withUser = (path: string): string => `http://me:pass@127.0.0.1:${host.port}${path}`;

describe('a redirect', () => {
  test.each(['/301', '/302', '/303', '/307', '/308'])(
    'at %s is followed, with user info within the origin',
    async (path) => {
      expect(await textOf(withUser(path))).toBe('design');
      expect(host.requests.at(-1)).toMatchObject({ path: '/design', headers: { authorization: basic('me:pass') } });
    },
  );

  test.each(['/away', '/with-user-info'])('at %s takes no user info to another origin', async (path) => {
    expect(await textOf(withUser(path))).toBe('of the other');
    expect(other.requests.at(-1)).toMatchObject({ path: '/design' });
    expect(other.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  test('that comes back from another origin finds no user info left', async () => {
    expect(await textOf(withUser('/away-and-back'))).toBe('design');
    expect(host.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  test('to where an account is needed is explained', async () => {
    await expect(textOf(withUser('/away-to-log-in'))).rejects.toThrow(
      /status 401.*a redirect to another host takes none/,
    );
  });

  test.each([
    ['/circle', {}, 'design_unavailable', /redirects more than 5 times/],
    ['/to-file', {}, 'design_reference_refused', /redirects to file:, not to http/],
    ['/to-metadata', {}, 'design_reference_refused', /169\.254\.169\.254 has no address/],
    ['/to-private', {}, 'design_reference_refused', /10\.0\.0\.1 has no address/],
    ['/to-nowhere', {}, 'design_unavailable', /redirects to what is no URL/],
    ['/without-location', {}, 'design_unavailable', /status 302/],
  ])('at %s with %j is %s', async (path, changes, code, message) => {
    const error: unknown = await textOf(withUser(path), changes).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('pass');
  });

  test('to a host that is not listed is refused before anything is sent', async () => {
    const allowedHosts = [`127.0.0.1:${host.port}`];
    await expect(textOf(withUser('/away'), { allowedHosts })).rejects.toMatchObject({
      code: 'design_reference_refused',
    });
    expect(other.requests).toHaveLength(seenBefore);
  });

  test('to a name is looked up and checked like the first', async () => {
    const lookUp = async (name: string): Promise<HostAddress[]> => [
      { address: name === 'inside.test' ? '192.168.0.1' : name, family: 4 },
    ];
    const resolver = createReferenceResolver(policyWith(), { lookUp });
    await expect(resolver.resolve(withUser('/to-name'), never)).rejects.toThrow(/inside\.test has no address/);
  });
});

describe('user info', () => {
  test.each([
    ['a%40b:p%2Fw', 'a@b:p/w'],
    ['only', 'only:'],
    [':secret', ':secret'],
  ])('%s is sent as what it means', async (userInfo, sent) => {
    await textOf(`http://${userInfo}@127.0.0.1:${host.port}/design`);
    expect(host.requests.at(-1)?.headers.authorization).toBe(basic(sent));
  });

  test('is not sent when there is none', async () => {
    await textOf(`${host.origin}/design`);
    expect(host.requests.at(-1)?.headers.authorization).toBeUndefined();
  });
});

describe('a host name', () => {
  test('is looked up once, and the address that was checked is the one connected to', async () => {
    const given = [['127.0.0.1'], ['169.254.169.254']];
    let times = 0;
    const lookUp = async (): Promise<HostAddress[]> => {
      times += 1;
      return (given[times - 1] ?? []).map((address) => ({ address, family: 4 }));
    };
    const resolver = createReferenceResolver(policyWith(), { lookUp });
    const { bytes } = await resolver.resolve(`http://rebinding.test:${host.port}/design`, never);
    expect([Buffer.from(bytes).toString(), times, host.requests.at(-1)?.headers.host]).toEqual([
      'design',
      1,
      `rebinding.test:${host.port}`,
    ]);
  });

  test('with allowed and forbidden addresses is asked at the allowed ones only', async () => {
    const lookUp = async (): Promise<HostAddress[]> => [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const resolver = createReferenceResolver(policyWith(), { lookUp });
    const { bytes } = await resolver.resolve(`http://both.test:${host.port}/design`, never);
    expect(Buffer.from(bytes).toString()).toBe('design');
  });

  test.each([
    ['10.1.2.3', {}],
    ['192.168.1.1', {}],
    ['fd00::1', {}],
    ['::ffff:10.0.0.1', {}],
    ['0.0.0.0', {}],
    ['169.254.169.254', { allowedHosts: ['design.test'] }],
    ['169.254.169.254', { allowedAddresses: ['169.254.0.0/16'] }],
    ['fe80::1', { allowedHosts: ['design.test'] }],
    ['fd00:ec2::254', { allowedHosts: ['design.test'] }],
    ['127.0.0.1', { allowLoopback: false, allowedHosts: ['design.test'] }],
    ['::1', { allowLoopback: false }],
    ['64:ff9b::a9fe:a9fe', {}],
  ])('at %s with %j is refused before anything is sent', async (address, changes) => {
    const before = host.requests.length;
    const lookUp = async (): Promise<HostAddress[]> => [{ address, family: 4 }];
    const resolver = createReferenceResolver(policyWith(changes), { lookUp });
    await expect(resolver.resolve(`http://design.test:${host.port}/design`, never)).rejects.toMatchObject({
      code: 'design_reference_refused',
    });
    expect(host.requests).toHaveLength(before);
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN'])('that cannot be resolved (%s) is named', async (code) => {
    const lookUp = async (): Promise<HostAddress[]> => {
      throw Object.assign(new Error(code), { code });
    };
    const resolver = createReferenceResolver(policyWith(), { lookUp });
    await expect(resolver.resolve('http://nobody.test/design', never)).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/nobody\.test cannot be resolved/),
    });
  });

  test('whose look-up never ends costs no more than the time for everything', async () => {
    const lookUp = (): Promise<HostAddress[]> => new Promise(() => undefined);
    const resolver = createReferenceResolver(policyWith({ totalTimeoutSeconds: 0.1 }), { lookUp });
    await expect(resolver.resolve('http://nobody.test/design', never)).rejects.toThrow(/within 0\.1 s/);
  });

  test('whose connection is never made is given up', async () => {
    const full = await startFullListener();
    try {
      const lookUp = async (): Promise<HostAddress[]> => [{ address: '127.0.0.1', family: 4 }];
      const resolver = createReferenceResolver(policyWith({ connectTimeoutSeconds: 0.1 }), { lookUp });
      await expect(resolver.resolve(`http://full.test:${full.port}/design`, never)).rejects.toThrow(
        /could not be connected to within 0\.1 s/,
      );
    } finally {
      await full.close();
    }
  });
});
