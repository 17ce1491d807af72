import { describe, expect, test } from '@jest/globals';
import { runCommand } from './run-command.js';

const migrate = (env: Readonly<Record<string, string>>) => runCommand(['db', 'migrate'], { env });

describe('a DATABASE_URL that cannot be one ends with 2, named, with what is wrong and an example', () => {
  const cases: readonly (readonly [what: string, value: string, told: RegExp])[] = [
    ['a word', 'hunter2', /is not a URL/],
    ['a host and port', 'db-hunter2:5432/drydock', /is not a PostgreSQL URL/],
    ['user info without a scheme', 'me:hunter2@db/drydock', /is not a PostgreSQL URL/],
    ['a web page', 'http://me:hunter2@db/drydock', /is not a PostgreSQL URL/],
    ['another database', 'mysql://me:hunter2@db/drydock', /is not a PostgreSQL URL/],
    ['a scheme without slashes', 'postgresql:hunter2', /has no \/\/ after its scheme/],
    ['a bare scheme', 'postgresql://', /names no host/],
    ['no host', 'postgresql://me:hunter2@', /names no host/],
    ['only a port', 'postgresql://me:hunter2@:5432', /names no host/],
    ['a port that is none', 'postgresql://me:hunter2@db:99999/drydock', /host or port.*percent-encode/],
    ['a password that ends the host', 'postgresql://me:hun#hunter2@db/drydock', /host or port.*percent-encode/],
  ];

  test.each(cases)('%s', async (_, value, told) => {
    const { code, out, err } = await migrate({ DATABASE_URL: value });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^Error: DATABASE_URL [^\n]*; give it like postgresql:\/\/drydock:PASSWORD@[^\n]*\n$/);
    expect(err).toMatch(told);
    expect(err).not.toMatch(/hunter2/);
  });

  test.each(['', '   '])('%j is not set', async (value) => {
    expect(await migrate({ DATABASE_URL: value })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Error: DATABASE_URL is not set; give it like postgresql:\/\//),
    });
  });

  test('the direct way is named when it is the one that is wrong', async () => {
    const { code, err } = await migrate({
      DATABASE_URL: 'postgresql://127.0.0.1:1/x',
      DATABASE_DIRECT_URL: 'nonsense',
    });
    expect([code, err]).toEqual([2, expect.stringMatching(/^Error: DATABASE_DIRECT_URL is not a URL;/)]);
  });
});

describe('a database that does not answer ends with 1, and says which variable names it', () => {
  const cases: readonly (readonly [what: string, value: string, told: RegExp])[] = [
    ['nobody listens', 'postgresql://me:hunter2@127.0.0.1:1/x', /\(127\.0\.0\.1:1\/x\): connect ECONNREFUSED/],
    ['a password with a slash', 'postgresql://me:/hunter2@127.0.0.1:1/x', /\(127\.0\.0\.1:1\/x\)/],
    ['no user info', 'postgres://127.0.0.1:1/x', /\(127\.0\.0\.1:1\/x\): connect ECONNREFUSED/],
    ['spaces around', '  postgresql://me:hunter2@127.0.0.1:1/x\n', /\(127\.0\.0\.1:1\/x\): connect ECONNREFUSED/],
    ['a socket', 'postgresql://me:hunter2@/x?host=/nowhere', /: connect ENOENT \/nowhere/],
    ['the folder of a socket', '/nowhere drydock', /\(\/nowhere\): connect ENOENT \/nowhere/],
  ];

  test.each(cases)('%s', async (_, value, told) => {
    const { code, out, err } = await migrate({ DATABASE_URL: value });
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Error: the database of DATABASE_URL \([^\n]*; start it, or correct DATABASE_URL\n$/);
    expect(err).toMatch(told);
    expect(err).not.toMatch(/hunter2/);
  });

  test('an account that the server does not know', async () => {
    const url = new URL(process.env['DRYDOCK_TEST_DATABASE_URL'] ?? '');
    url.username = 'nobody-here';
    url.password = 'hunter2';
    const { code, err } = await migrate({ DATABASE_URL: url.href });
    expect([code, err]).toEqual([1, expect.stringMatching(/nobody-here.*; start it, or correct DATABASE_URL\n$/)]);
    expect(err).not.toMatch(/hunter2/);
  });
});
