import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ran, runCommand } from './run-command.js';
import { sampleDesign } from './sample-design.js';

let servers: Server[];
/** Bodies that Keystone got. */
let asked: unknown[];
/** Tokens that the host of the design was shown. */
let shown: unknown[];
let keystone: string;
let host: string;
let tokenStatus: number;

beforeEach(async () => {
  servers = [];
  asked = [];
  shown = [];
  tokenStatus = 201;
  keystone = `http://${await serve((request, response) => void giveToken(request, response))}/v3`;
  host = await serve((request, response) => {
    shown.push(request.headers['x-auth-token']);
    response.writeHead(shown.at(-1) === 'secret-token' ? 200 : 401).end(sampleDesign);
  });
});
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  asked.push(JSON.parse(await text(request)));
  response.writeHead(tokenStatus, { 'x-subject-token': 'secret-token' });
  response.end(JSON.stringify({ token: { expires_at: new Date(Date.now() + 3_600_000).toISOString() } }));
}

type Env = Readonly<Record<string, string>>;

const account = (): Env => ({ OS_AUTH_URL: keystone, OS_USERNAME: 'drydock', OS_PASSWORD: ' hunter2 ' });

async function run(words: readonly string[], env: Env): Promise<Ran> {
  const ran = await runCommand(words, { env });
  expect(ran.out + ran.err).not.toMatch(/hunter2|secret-token/);
  return ran;
}

const validate = (env: Env, ...words: readonly string[]) =>
  run(['design', 'validate', ...words, `deckhand+http://${host}/site.yaml`], env);

describe('a reference with a token, read here', () => {
  test.each([
    ['--keystone-hosts', () => ({}), () => ['--keystone-hosts', `other.test,${host}`]],
    ['DRYDOCK_KEYSTONE_HOSTS', () => ({ DRYDOCK_KEYSTONE_HOSTS: `other.test, ${host}` }), () => []],
  ] as const)('shows the token to a host that %s names', async (_, env, words) => {
    const { code, out, err } = await validate({ ...account(), ...env() }, ...words());
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`deckhand+http://${host}/site.yaml: valid`);
    expect(shown).toEqual(['secret-token']);
  });

  const user = (domain: object) => ({ name: 'drydock', domain, password: ' hunter2 ' });
  const identity = (domain: object) => ({ methods: ['password'], password: { user: user(domain) } });
  const named = { name: 'Default' };
  const accounts: readonly (readonly [what: string, env: Env, auth: object])[] = [
    ['nothing more', {}, { identity: identity(named) }],
    [
      'names',
      { OS_USER_DOMAIN_NAME: 'service', OS_PROJECT_NAME: 'site', OS_PROJECT_DOMAIN_NAME: 'sites' },
      { identity: identity({ name: 'service' }), scope: { project: { name: 'site', domain: { name: 'sites' } } } },
    ],
    [
      'ids, which win',
      { OS_USER_DOMAIN_NAME: 'x', OS_USER_DOMAIN_ID: 'd1', OS_PROJECT_NAME: 'x', OS_PROJECT_ID: 'p1' },
      { identity: identity({ id: 'd1' }), scope: { project: { id: 'p1' } } },
    ],
    [
      'a project of a domain by id',
      { OS_PROJECT_NAME: 'site', OS_PROJECT_DOMAIN_ID: 'd2', OS_AUTH_TYPE: 'v3password', OS_PROJECT_ID: '' },
      { identity: identity(named), scope: { project: { name: 'site', domain: { id: 'd2' } } } },
    ],
  ];

  test.each(accounts)('asks Keystone with %s', async (_, env, auth) => {
    const { code } = await validate({ ...account(), ...env }, '--keystone-hosts', host);
    expect([code, asked]).toEqual([0, [{ auth }]]);
  });

  test.each([
    ['render', ['design', 'render']],
    ['graph', ['design', 'graph']],
  ])('is what design %s reads too', async (_, words) => {
    const ref = `deckhand+http://${host}/site.yaml`;
    const { code } = await run([...words, '--keystone-hosts', host, ref], account());
    expect([code, shown]).toEqual([0, ['secret-token']]);
  });

  test('is what design diff reads too', async () => {
    const ref = `promenade+http://${host}/site.yaml`;
    const { code, out } = await run(['design', 'diff', '--keystone-hosts', host, ref, ref], account());
    expect([code, out]).toEqual([0, 'the designs mean the same\n']);
  });

  const refusals: readonly (readonly [what: string, change: Env, words: readonly string[], told: RegExp])[] = [
    ['an address', { OS_AUTH_URL: '' }, ['x.test'], /no Keystone is configured; set OS_AUTH_URL, or .*--via-api/],
    ['a user', { OS_USERNAME: '' }, ['x.test'], /; set OS_USERNAME, or/],
    [
      'everything',
      { OS_AUTH_URL: '', OS_USERNAME: '', OS_PASSWORD: '' },
      [],
      /; set OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and DRYDOCK_KEYSTONE_HOSTS \(or --keystone-hosts\), or/,
    ],
    ['a host', {}, [], /; set DRYDOCK_KEYSTONE_HOSTS \(or --keystone-hosts\), or/],
    [
      'a usable address',
      { OS_AUTH_URL: 'keystone.test/hunter2' },
      ['x.test'],
      /; correct OS_AUTH_URL, which must be an http/,
    ],
    [
      'an address without user info',
      { OS_AUTH_URL: 'http://me:hunter2@keystone.test/v3' },
      ['x.test'],
      /; correct OS_AUTH_URL/,
    ],
    [
      'a password',
      { OS_AUTH_TYPE: 'v3applicationcredential', OS_PASSWORD: '' },
      ['x.test'],
      /; unset OS_AUTH_TYPE, because only password/,
    ],
  ];

  test.each(refusals)('without %s is refused, and asks nobody', async (_, change, hosts, told) => {
    const words = hosts.flatMap((name) => ['--keystone-hosts', name]);
    const { code, out } = await validate({ ...account(), ...change }, ...words);
    expect(code).toBe(1);
    expect(out).toMatch(told);
    expect([asked, shown]).toEqual([[], []]);
  });

  test('shows no token to a host that nobody named', async () => {
    const { code, out } = await validate(account(), '--keystone-hosts', 'deckhand.test');
    expect(code).toBe(1);
    expect(out).toMatch(
      /token may not be sent to 127\.0\.0\.1:\d+; add it to --keystone-hosts or DRYDOCK_KEYSTONE_HOSTS/,
    );
    expect([asked, shown]).toEqual([[], []]);
  });

  test('names the variables of an account that Keystone refuses', async () => {
    tokenStatus = 401;
    const { code, out } = await validate(account(), '--keystone-hosts', host);
    expect([code, out]).toEqual([1, expect.stringMatching(/check OS_USERNAME and OS_PASSWORD/)]);
  });

  test('names OS_CACERT when it is no certificate, and goes on with one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-cli-ca-'));
    const file = join(folder, 'ca.pem');
    await writeFile(file, 'hunter2');
    for (const path of [file, join(folder, 'none')]) {
      const { code, out } = await validate({ ...account(), OS_CACERT: path }, '--keystone-hosts', host);
      expect([code, out]).toEqual([1, expect.stringMatching(/OS_CACERT: .* cannot be read as certificates/)]);
    }
    expect(asked).toEqual([]);
    await writeFile(file, rootCertificates[0] ?? '');
    expect(await validate({ ...account(), OS_CACERT: file }, '--keystone-hosts', host)).toMatchObject({ code: 0 });
    await rm(folder, { recursive: true });
  });

  test('is not for the API to fetch with our token', async () => {
    const { code, err } = await validate(account(), '--via-api', '--keystone-hosts', host);
    expect([code, err]).toEqual([2, expect.stringMatching(/--keystone-hosts.*cannot be used with.*--via-api/)]);
  });

  test('leaves the account unused for other references', async () => {
    const { code } = await run(['design', 'validate', `http://${host}/site.yaml`], account());
    expect([code, asked, shown]).toEqual([1, [], [undefined]]);
  });
});
