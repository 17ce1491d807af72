import { describe, expect, test } from '@jest/globals';
import { MaasClient, oauthHeader, send, text } from './client.js';
import { Scene } from './scene.js';

const guestKey = 'guestconsumer:guesttoken:guestsecret';
const scene = new Scene({
  users: [{ username: 'guest', email: 'guest@example.test', isSuperuser: false, apiKey: guestKey }],
});
const url = (path: string) => `${scene.simulator.maasUrl}/api/2.0/${path}`;

describe('authentication', () => {
  const wrong: [string, Record<string, string>, string][] = [
    ['an unknown consumer', { oauth_consumer_key: 'nobody' }, 'Authorization Error: Invalid API key.'],
    ['an unknown token', { oauth_token: 'nothing' }, "Authorization Error: 'Invalid access token: nothing'"],
    ['a wrong secret', { oauth_signature: '&wrong' }, "Authorization Error: 'Invalid signature."],
    ['an old timestamp', { oauth_timestamp: '1000' }, "Authorization Error: 'Expired timestamp: given 1000"],
    ['another signature method', { oauth_signature_method: 'RSA-SHA1' }, "Authorization Error: 'Invalid signature."],
  ];
  test.each(wrong)('%s is refused with 401', async (_what, change, message) => {
    const answer = await send('GET', url('machines/'), { Authorization: oauthHeader(scene.simulator.apiKey, change) });
    expect(answer.statusCode).toBe(401);
    expect(answer.text).toContain(message);
    expect(answer.headers['www-authenticate']).toBe('OAuth realm="OAuth"');
  });

  test('a nonce can be used once', async () => {
    const header = { Authorization: oauthHeader(scene.simulator.apiKey) };
    expect((await send('GET', url('users/?op=whoami'), header)).statusCode).toBe(200);
    const again = await send('GET', url('users/?op=whoami'), header);
    expect(again.statusCode).toBe(401);
    expect(again.text).toContain('Nonce already used');
  });

  test('an unsigned request sees the version and nothing else', async () => {
    expect((await send('GET', url('version/'))).json['version']).toBe('3.5.12');
    const machines = await send('GET', url('machines/'));
    expect([machines.statusCode, machines.text]).toEqual([401, 'Forbidden']);
  });

  test('the key and its user are told', async () => {
    const tokens = await scene.maas.get('account/?op=list_authorisation_tokens');
    expect(tokens.list).toEqual([{ name: 'MAAS consumer', token: scene.simulator.apiKey }]);
    expect((await scene.maas.get('users/?op=whoami')).json['username']).toBe('admin');
  });

  test('an ordinary user reads, and is refused what administrators do', async () => {
    const systemId = await scene.begin();
    const guest = new MaasClient(scene.simulator, guestKey);
    expect((await guest.get('machines/')).statusCode).toBe(200);
    expect((await guest.post('fabrics/', { name: 'x' })).statusCode).toBe(403);
    expect((await guest.post(`machines/${systemId}/?op=commission`)).statusCode).toBe(403);
    expect((await guest.get('machines/?op=power_parameters')).statusCode).toBe(403);
  });
});

describe('requests', () => {
  test('an unknown path, a missing slash and an unknown operation are told apart', async () => {
    const unknown = await scene.maas.get('nothing/');
    expect([unknown.statusCode, unknown.text]).toEqual([404, 'Unknown API endpoint: /MAAS/api/2.0/nothing/.']);
    expect((await scene.maas.get('machines')).statusCode).toBe(404);
    const operation = await scene.maas.post('machines/?op=dance');
    expect([operation.statusCode, operation.text]).toEqual([400, 'Unrecognised signature: method=POST op=dance']);
  });

  test('multipart parts in base64 and plain, and repeated names as lists', async () => {
    const systemId = await scene.begin(['n01', 'n02']);
    const second = text((await scene.maas.get('machines/?hostname=n02')).list[0]?.['system_id']);
    const part = (name: string, value: string, isBase64: boolean) =>
      [
        '--frontier',
        `Content-Disposition: form-data; name="${name}"`,
        'Content-Type: text/plain; charset="utf-8"',
        ...(isBase64 ? ['Content-Transfer-Encoding: base64'] : []),
        '',
        isBase64 ? Buffer.from(value).toString('base64') : value,
      ].join('\r\n');
    const post = (path: string, parts: string[]) =>
      send(
        'POST',
        url(path),
        {
          Authorization: oauthHeader(scene.simulator.apiKey),
          'Content-Type': 'multipart/form-data; boundary="frontier"',
        },
        `${parts.join('\r\n')}\r\n--frontier--\r\n`,
      );
    const tag = await post('tags/', [
      part('name', 'both', true),
      part('comment', 'größer', true),
      part('kernel_opts', 'quiet', false),
    ]);
    expect(tag.json).toMatchObject({ name: 'both', comment: 'größer', kernel_opts: 'quiet' });
    const update = await post('tags/both/?op=update_nodes', [part('add', systemId, true), part('add', second, false)]);
    expect(update.json).toEqual({ added: 2, removed: 0 });
  });

  test('the operation may stand in the form or at the end of the path', async () => {
    const systemId = await scene.begin();
    const inForm = await scene.maas.post('machines/', { op: 'allocate', system_id: systemId });
    expect(inForm.json['status_name']).toBe('Allocated');
    const inPath = await scene.maas.post(`machines/${systemId}/op-release`);
    expect(inPath.json['status_name']).toBe('Ready');
  });

  test('a body of another type is refused', async () => {
    const headers = { Authorization: oauthHeader(scene.simulator.apiKey), 'Content-Type': 'application/json' };
    expect((await send('POST', url('tags/'), headers, '{"name":"x"}')).statusCode).toBe(400);
  });
});
