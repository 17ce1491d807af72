import { afterEach, describe, expect, test } from '@jest/globals';
import { createMaasClient, type MaasClient } from '../src/http/maas-client.js';
import type { MaasErrorKind } from '../src/http/maas-error.js';
import { defaultTimeLimits, type TimeLimits } from '../src/index.js';
import { startScriptedServer, type Answer, type ScriptedServer } from './support/scripted-server.js';

const apiKey = 'consumerconsumer12:tokentokentoken123:secretsecretsecretsecretsecret12';
const body = JSON.stringify({ ok: true });
const { signal } = new AbortController();

let server: ScriptedServer;
let client: MaasClient;
afterEach(async () => {
  client.close();
  await server.close();
});

async function start(
  answers: readonly Answer[],
  limits: Partial<TimeLimits> = {},
  maxConcurrentRequests = 8,
): Promise<void> {
  server = await startScriptedServer(answers);
  client = createMaasClient({
    url: server.url,
    apiKey,
    maxConcurrentRequests,
    timeLimits: { ...defaultTimeLimits, ...limits },
  });
}

const write = () =>
  client.write({ method: 'POST', path: 'machines/abc/', op: 'deploy', fields: { user_data: 'c2VjcmV0' } }, signal);
const read = () => client.read({ path: 'machines/abc/' }, signal);

describe('a read', () => {
  test.each([
    ['a gateway error', { status: 503, body: 'busy' }],
    ['a server error', { status: 500, body: 'oops' }],
    ['a lost connection', 'drop'],
  ] as const)('is repeated after %s, with a fresh nonce', async (_name, answer) => {
    await start([answer, { status: 200, body }]);
    expect(await read()).toEqual({ ok: true });
    const nonces = server.seen.map(({ authorization }) => /oauth_nonce="([^"]+)"/.exec(authorization)?.[1]);
    expect(nonces).toHaveLength(2);
    expect(new Set(nonces).size).toBe(2);
  });

  test('is signed with PLAINTEXT and the percent-encoded secret', async () => {
    await start([{ status: 200, body }]);
    await read();
    expect(server.seen[0]?.authorization).toMatch(
      /^OAuth realm="OAuth", .*oauth_signature_method="PLAINTEXT".*oauth_signature="%26secretsecretsecretsecretsecret12"$/,
    );
    expect(server.seen[0]?.url).toBe('/MAAS/api/2.0/machines/abc/');
  });

  test('repeats the name of a parameter for each of its values', async () => {
    await start([{ status: 200, body: '[]' }]);
    await client.read({ path: 'machines/', query: { id: ['a', 'b'] } }, signal);
    expect(server.seen[0]?.url).toBe('/MAAS/api/2.0/machines/?id=a&id=b');
  });

  test('that is answered with something else than JSON is a failure that says so', async () => {
    await start([{ status: 200, body: '<html>proxy</html>' }]);
    await expect(read()).rejects.toMatchObject({ kind: 'protocol', code: 'provisioner_unavailable' });
  });

  test('ends with the signal of its caller', async () => {
    await start(['never']);
    const stop = new AbortController();
    server.onRequest(() => stop.abort());
    await expect(client.read({ path: 'version/' }, stop.signal)).rejects.toMatchObject({ kind: 'timeout' });
  });
});

describe('a write', () => {
  const refusals: readonly (readonly [string, Answer, MaasErrorKind, RegExp])[] = [
    [
      '400',
      { status: 400, body: '{"hostname": ["taken"]}' },
      'validation',
      /POST machines\/abc\/\?op=deploy with 400: .*taken/,
    ],
    ['401', { status: 401, body: 'Authorization Error' }, 'authentication', /check MAAS_API_KEY/],
    [
      '401 from a MAAS whose clock differs',
      { status: 401, body: 'Expired timestamp', headers: { Date: 'Tue, 03 Mar 2026 10:11:12 GMT' } },
      'authentication',
      /set the clocks: MAAS's differs from ours by \d+ seconds/,
    ],
    ['403', { status: 403, body: 'reserved for admin users' }, 'forbidden', /administrator/],
    ['404', { status: 404, body: 'No Machine matches the given query.' }, 'not_found', /No Machine matches/],
    ['409 without Retry-After', { status: 409, body: "Can't deploy" }, 'conflict', /Can't deploy/],
    [
      '409 with Retry-After',
      { status: 409, body: 'rolled back', headers: { 'Retry-After': '5' } },
      'busy',
      /tried again/,
    ],
    ['503 with Retry-After', { status: 503, body: 'no rack', headers: { 'Retry-After': '10' } }, 'busy', /no rack/],
    [
      '500',
      { status: 500, body: 'BMC refused: power_pass=hunter22' },
      'server_failed',
      /BMC refused: power_pass=\[redacted\]/,
    ],
    ['502', { status: 502, body: '<html>' }, 'unavailable', /check that the MAAS region is up/],
    ['no answer at all', 'drop', 'unavailable', /did not answer POST machines\/abc\//],
  ];
  test.each(refusals)('is sent once, and %s is told as what it is', async (_name, answer, kind, message) => {
    await start([answer]);
    const error: unknown = await write().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(server.seen).toHaveLength(1);
    expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(/tokentoken|secretsecret|c2VjcmV0|hunter22/);
  });

  test('to a MAAS that is not there was not sent', async () => {
    await start([{ status: 200, body }]);
    await server.close();
    await expect(write()).rejects.toMatchObject({ kind: 'not_sent' });
    server = await startScriptedServer([]);
  });

  test('sends booleans as words, lists as repeated names and nothing for what is undefined', async () => {
    await start([{ status: 200, body }]);
    await client.write(
      { method: 'POST', path: 'x/', fields: { yes: true, no: false, many: [1, 2], none: undefined, clear: null } },
      signal,
    );
    expect(server.seen[0]).toMatchObject({
      contentType: 'application/x-www-form-urlencoded',
      body: 'yes=true&no=false&many=1&many=2&clear=',
    });
  });

  test('is announced only when it has its turn, and not sent after the time that was given', async () => {
    await start([{ status: 200, body }]);
    const late = client.write({ method: 'DELETE', path: 'machines/abc/' }, signal, async () => ({
      sendBefore: performance.now() - 1,
    }));
    await expect(late).rejects.toMatchObject({ kind: 'not_sent' });
    expect(server.seen).toHaveLength(0);
  });

  test('that waits for its turn leaves the line when its caller stops', async () => {
    await start(['never'], {}, 1);
    const first = new AbortController();
    const second = new AbortController();
    const running = client.read({ path: 'version/' }, first.signal);
    const waiting = client.write({ method: 'POST', path: 'x/' }, second.signal);
    second.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'not_sent' });
    first.abort();
    await expect(running).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('that takes longer than its class allows is of unknown effect', async () => {
    await start(['never'], { writeSeconds: 0.05 });
    await expect(write()).rejects.toMatchObject({ kind: 'timeout' });
  });
});
