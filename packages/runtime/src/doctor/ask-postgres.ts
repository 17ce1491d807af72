import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** The server's version. Throws when it cannot be reached. */
export function askVersion(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'of unknown version';
  });
}

/**
 * Whether a notification that we send to ourselves comes back; behind a transaction pooler it does not, because the
 * statements of one client reach different servers' sessions.
 */
export function canListen(url: string, timeoutSeconds = 1): Promise<boolean> {
  return withClient(url, async (client) => {
    const channel = `drydock_doctor_${process.pid}`;
    const heard = new Promise<boolean>((resolve) => client.once('notification', () => resolve(true)));
    const over = new AbortController();
    await client.query(`listen ${channel}`);
    await client.query(`notify ${channel}`);
    const late = delay(timeoutSeconds * 1000, false, { signal: over.signal }).catch(() => false);
    const answer = await Promise.race([heard, late]);
    over.abort();
    return answer;
  });
}

async function withClient<Answer>(url: string, ask: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000, statement_timeout: 3000 });
  try {
    await client.connect();
    return await ask(client);
  } finally {
    await client.end();
  }
}
