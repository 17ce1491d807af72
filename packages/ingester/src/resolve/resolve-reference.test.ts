import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchDesign } from './fetch-design.js';
import type { ReferencePolicy } from './reference-policy.js';
import { resolveReference } from './resolve-reference.js';

const never = new AbortController().signal;

function policyWith(changes: Partial<ReferencePolicy> = {}): ReferencePolicy {
  return {
    fileRoots: [],
    allowedHosts: [],
    allowLoopback: true,
    maxBytes: 1000,
    connectTimeoutSeconds: 5,
    totalTimeoutSeconds: 10,
    ...changes,
  };
}

async function textOf(reference: string, policy: ReferencePolicy): Promise<string> {
  return Buffer.from((await resolveReference(reference, policy, never)).bytes).toString();
}

describe('a file reference', () => {
  let home: string;
  let root: string;

  beforeAll(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'drydock-ingester-')));
    root = join(home, 'designs');
    await mkdir(join(root, 'site'), { recursive: true });
    await mkdir(join(home, 'designs-of-others'));
    await writeFile(join(root, 'site', 'design one.yaml'), 'design');
    await writeFile(join(root, 'large.yaml'), 'x'.repeat(1001));
    await writeFile(join(home, 'secret'), 'secret');
    await writeFile(join(home, 'designs-of-others', 'design.yaml'), 'other');
    await symlink(join(home, 'secret'), join(root, 'link-out'));
    await symlink(home, join(root, 'directory-out'));
    await symlink(join(root, 'site', 'design one.yaml'), join(root, 'link-in'));
    await symlink(root, join(home, 'link-to-root'));
  });

  afterAll(async () => {
    await rm(home, { recursive: true });
  });

  test.each([
    ['a file below a root', 'designs/site/design%20one.yaml', 'designs'],
    ['a link that stays below the root', 'designs/link-in', 'designs'],
    ['a root that is itself a link', 'link-to-root/site/design%20one.yaml', 'link-to-root'],
  ])('reads %s', async (_name, path, allowedRoot) => {
    const policy = policyWith({ fileRoots: [join(home, allowedRoot)] });
    expect(await textOf(`file://${home}/${path}`, policy)).toBe('design');
  });

  test.each([
    ['outside the roots', 'secret', 'design_reference_refused'],
    ['that leads out by ..', 'designs/../secret', 'design_reference_refused'],
    ['that leads out by an encoded ..', 'designs/%2e%2e/secret', 'design_reference_refused'],
    ['with an encoded slash', 'designs/..%2fsecret', 'design_reference_refused'],
    ['with a null byte', 'designs/site%00', 'design_unavailable'],
    ['that is a link out', 'designs/link-out', 'design_reference_refused'],
    ['below a directory that is a link out', 'designs/directory-out/secret', 'design_reference_refused'],
    ['in a directory whose name begins like the root', 'designs-of-others/design.yaml', 'design_reference_refused'],
    ['that is the root', 'designs', 'design_reference_refused'],
    ['that is a directory', 'designs/site', 'design_reference_refused'],
    ['that is too large', 'designs/large.yaml', 'design_too_large'],
    ['that is not there', 'designs/none.yaml', 'design_unavailable'],
  ])('refuses one %s', async (_name, path, code) => {
    const policy = policyWith({ fileRoots: [root] });
    await expect(resolveReference(`file://${home}/${path}`, policy, never)).rejects.toMatchObject({ code });
  });

  test('refuses every file when no root is configured', async () => {
    await expect(resolveReference(`file://${root}/link-in`, policyWith(), never)).rejects.toMatchObject({
      code: 'design_reference_refused',
    });
  });

  test('refuses a host', async () => {
    await expect(
      resolveReference(`file://host${root}/link-in`, policyWith({ fileRoots: [root] }), never),
    ).rejects.toThrow(/names no host/);
  });
});

describe('a reference without a handler', () => {
  test.each(['ftp://example.com/x', 'deckhand+http://example.com/x', 'data:text/plain,x'])(
    '%s is refused and the supported schemes are named',
    async (reference) => {
      await expect(resolveReference(reference, policyWith(), never)).rejects.toMatchObject({
        code: 'design_reference_refused',
        message: expect.stringMatching(/not supported; use one of file:\/\/, http:\/\/, https:\/\//),
      });
    },
  );

  test.each(['', 'design.yaml', 'http://[', '//host/x'])('"%s" is no URL', async (reference) => {
    await expect(resolveReference(reference, policyWith(), never)).rejects.toThrow(/is no URL/);
  });
});

describe('an http reference', () => {
  const requests: { readonly path: string; readonly authorization: string | undefined; readonly host: string }[] = [];
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/design': (_request, response) => response.end('design'),
    '/missing': (_request, response) => response.writeHead(404).end('not here'),
    '/endless': (_request, response) => {
      const write = (): boolean => response.write('x'.repeat(400));
      response.on('drain', write);
      for (let times = 0; times < 4; times += 1) write();
    },
    '/silent': () => undefined,
    '/moved': (_request, response) => response.writeHead(302, { location: '/design' }).end(),
    '/circle': (_request, response) => response.writeHead(302, { location: '/circle' }).end(),
    '/away': (_request, response) => response.writeHead(302, { location: `http://localhost:${port}/design` }).end(),
    '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/to-metadata': (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, authorization: request.headers.authorization, host: request.headers.host ?? '' });
    answers[path.split('?')[0] ?? '']?.(request, response);
  });
  let port: number;
  let origin: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    origin = `http://127.0.0.1:${port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('gives the bytes, and a source without user info and query', async () => {
    const found = await resolveReference(`http://me:pass@127.0.0.1:${port}/design?token=t`, policyWith(), never);
    expect({ text: Buffer.from(found.bytes).toString(), source: found.source }).toEqual({
      text: 'design',
      source: `${origin}/design?…`,
    });
    expect(requests.at(-1)).toMatchObject({ authorization: `Basic ${btoa('me:pass')}` });
  });

  test('sends user info that is percent-encoded as what it means', async () => {
    await resolveReference(`http://a%40b:p%2Fw@127.0.0.1:${port}/design`, policyWith(), never);
    expect(requests.at(-1)?.authorization).toBe(`Basic ${btoa('a@b:p/w')}`);
  });

  test('follows a redirect and keeps user info within the origin', async () => {
    expect(await textOf(`http://me:pass@127.0.0.1:${port}/moved`, policyWith())).toBe('design');
    expect(requests.at(-1)).toMatchObject({ path: '/design', authorization: `Basic ${btoa('me:pass')}` });
  });

  test('does not take user info to another origin', async () => {
    const look = async (): Promise<{ address: string; family: number }[]> => [{ address: '127.0.0.1', family: 4 }];
    await fetchDesign(new URL(`http://me:pass@127.0.0.1:${port}/away`), policyWith(), never, look);
    expect(requests.at(-1)).toEqual({ path: '/design', authorization: undefined, host: `localhost:${port}` });
  });

  test.each([
    ['a status that is no success', '/missing', {}, 'design_unavailable', /answered with status 404/],
    ['a document that is too large', '/endless', {}, 'design_too_large', /limit of 1000 bytes/],
    ['a server that never answers', '/silent', { totalTimeoutSeconds: 0.2 }, 'design_unavailable', /within 0.2 s/],
    ['redirects without end', '/circle', {}, 'design_unavailable', /more than 5 times/],
    ['a redirect to a file', '/to-file', {}, 'design_reference_refused', /redirects to file:/],
    ['a redirect to a metadata service', '/to-metadata', {}, 'design_reference_refused', /169\.254\.169\.254/],
    ['loopback that is not allowed', '/design', { allowLoopback: false }, 'design_reference_refused', /no address/],
    [
      'a host that is not listed',
      '/design',
      { allowedHosts: ['example.com'] },
      'design_reference_refused',
      /may not be fetched/,
    ],
  ])('%s is an error', async (...[, path, changes, code, message]) => {
    const error = await resolveReference(`http://me:pass@127.0.0.1:${port}${path}`, policyWith(changes), never).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error as object))).not.toContain('pass');
  });

  test('a port of the allow-list must fit', async () => {
    expect(await textOf(`${origin}/design`, policyWith({ allowedHosts: [`127.0.0.1:${port}`] }))).toBe('design');
    await expect(textOf(`${origin}/design`, policyWith({ allowedHosts: ['127.0.0.1:1'] }))).rejects.toThrow(
      /may not be/,
    );
  });

  test('a refused connection is an error that names the host', async () => {
    await expect(textOf('http://127.0.0.1:1/design', policyWith())).rejects.toMatchObject({
      code: 'design_unavailable',
      message: 'http://127.0.0.1:1/design cannot be fetched (ECONNREFUSED); check the reference and the host',
    });
  });

  test('the caller can stop it', async () => {
    const stop = new AbortController();
    const reading = resolveReference(`${origin}/silent`, policyWith(), stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'design_unavailable' });
  });

  test('a name is looked up once, and the address that was checked is the one connected to', async () => {
    const given = [['127.0.0.1'], ['169.254.169.254']];
    let times = 0;
    const look = async (): Promise<{ address: string; family: number }[]> => {
      times += 1;
      return (given[times - 1] ?? []).map((address) => ({ address, family: 4 }));
    };
    const found = await fetchDesign(new URL(`http://rebinding.test:${port}/design`), policyWith(), never, look);
    expect([Buffer.from(found.bytes).toString(), times]).toEqual(['design', 1]);
  });

  test.each([
    ['10.1.2.3', {}],
    ['192.168.1.1', {}],
    ['fd00::1', {}],
    ['::ffff:10.0.0.1', {}],
    ['0.0.0.0', {}],
    ['169.254.169.254', { allowedHosts: ['design.test'] }],
    ['fe80::1', { allowedHosts: ['design.test'] }],
    ['fd00:ec2::254', { allowedHosts: ['design.test'] }],
    ['127.0.0.1', { allowLoopback: false, allowedHosts: ['design.test'] }],
    ['::1', { allowLoopback: false }],
    ['64:ff9b::a9fe:a9fe', {}],
  ])('a host at %s with %j is refused before anything is sent', async (address, changes) => {
    const before = requests.length;
    const look = async (): Promise<{ address: string; family: number }[]> => [{ address, family: 4 }];
    const reading = fetchDesign(new URL('http://design.test/design'), policyWith(changes), never, look);
    await expect(reading).rejects.toMatchObject({ code: 'design_reference_refused' });
    expect(requests).toHaveLength(before);
  });
});
