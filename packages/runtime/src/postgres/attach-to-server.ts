import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import type { Log } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import type { ClusterHome } from './cluster-home.js';
import { findPostmaster, type PostmasterFile } from './postmaster-file.js';
import { readOwner, takeOwnership } from './server-owner.js';
import type { PostgresServer } from './postgres-server.js';
import { stopServer } from './stop-server.js';

export interface AttachOptions {
  readonly home: ClusterHome;
  readonly password: string;
  readonly superuser: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: Log;
}

/**
 * Uses the server that runs on this cluster already. One whose owner lives is shared; one whose owner was killed is
 * adopted if it runs with our settings, else stopped (`none`). `not_ready`: it is starting or stopping, look again.
 */
export async function attachToServer(options: AttachOptions): Promise<PostgresServer | 'none' | 'not_ready'> {
  const { home, log } = options;
  const found = await findPostmaster(home.cluster);
  if (found === undefined) return 'none';
  if (found.status !== 'ready' || !(await serves(found, options))) return 'not_ready';
  const owner = await readOwner(home.ownerFile);
  const hasOurSettings = isDeepStrictEqual(owner?.settings, options.settings);
  const server = { port: found.port, password: options.password };
  if (owner?.isAlive === true) {
    if (!hasOurSettings) throw inUse(home, owner.process.pid);
    return { ...server, origin: 'shared', stop: () => Promise.resolve() };
  }
  if (!hasOurSettings) {
    log.info('orphaned postgres has other settings and is restarted', { postmasterPid: found.pid });
    await stopServer({ pid: found.pid, home, log });
    return 'none';
  }
  await takeOwnership(home.ownerFile, options.settings);
  log.info('orphaned postgres adopted', { postmasterPid: found.pid, formerOwnerPid: owner?.process.pid });
  return { ...server, origin: 'adopted', stop: () => stopServer({ pid: found.pid, home, log }) };
}

function inUse(home: ClusterHome, ownerPid: number): DrydockError {
  return new DrydockError(
    'data_directory_in_use',
    `the database in ${home.directory} runs for process ${ownerPid} with other settings; ` +
      `stop that process, or set DRYDOCK_DATA_DIR to another directory`,
  );
}

/** Whether what listens there is the server of this cluster: it takes our password and names our directory. */
async function serves({ port }: PostmasterFile, { home, password, superuser, log }: AttachOptions): Promise<boolean> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  // A connection that breaks between two statements reports here; the statement that follows fails anyway.
  client.on('error', (error) => log.debug('connection to a found postgres broke', { reason: error.message }));
  try {
    await client.connect();
    const answer = await client.query<{ data_directory: string }>('show data_directory');
    return answer.rows[0]?.data_directory === home.cluster;
  } catch (error) {
    log.debug('found postgres does not answer', { port, reason: String(error) });
    return false;
  } finally {
    await client.end();
  }
}
