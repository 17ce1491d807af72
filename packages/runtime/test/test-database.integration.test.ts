import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@drydock/testkit';
import { Client } from 'pg';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a test file gets a database of its own with the migrations applied', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const tables = await client.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  await client.end();
  expect(tables.rowCount).toBeGreaterThan(0);
  expect(rows[0]?.name).toMatch(/^test_/);
});
