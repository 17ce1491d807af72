import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';

/** A database of one test file, with all migrations applied. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it, with every connection that is still open. */
  close(): Promise<void>;
}

/** Clones the migrated template of the test run: call it in `beforeAll`, and `close` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = readVariable('DRYDOCK_TEST_DATABASE_URL');
  const template = readVariable('DRYDOCK_TEST_TEMPLATE');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnce(adminUrl, `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  let dropped: Promise<void> | undefined;
  return {
    url: url.href,
    close: () => (dropped ??= runOnce(adminUrl, `drop database ${escapeIdentifier(name)} with (force)`)),
  };
}

function readVariable(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(
    `${name} is not set: this test needs the Postgres of jest.global-setup.ts, run it with "npm run jest"`,
  );
}

async function runOnce(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
