import { Client } from 'pg';

/** Runs one statement on a connection of its own; gives the first column of the first row. */
export async function askDatabase(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  // A broken connection rejects the query; its event as well would end the test run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}
