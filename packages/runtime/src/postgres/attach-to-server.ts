import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import type { Log } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import type { ClusterHome } from './cluster-home.js';
import { findPostmaster, type PostmasterFile } from './postmaster-file.js';
import { adopt, findOwner, ownerSetting } from './server-owner.js';
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
  const served = found.status === 'ready' ? await askServer(found, options) : undefined;
  if (served === undefined) return 'not_ready';
  const owner = await findOwner(home.ownerFile, { postmasterPid: found.pid, startedBy: served.startedBy });
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
  await adopt(home.ownerFile, found.pid, options.settings);
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

interface Served {
  /** The value of `ownerSetting`; null for a server that was not started by us. */
  readonly startedBy: string | null;
}

/** Asks what listens there; undefined unless it is the server of this cluster: it takes our password and names our directory. */
async function askServer(
  { port }: PostmasterFile,
  { home, password, superuser, log }: AttachOptions,
): Promise<Served | undefined> {
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
    const { rows } = await client.query<Served & { cluster: string }>(
      `select current_setting('data_directory') as cluster, current_setting($1, true) as "startedBy"`,
      [ownerSetting],
    );
    return rows[0]?.cluster === home.cluster ? rows[0] : undefined;
  } catch (error) {
    log.debug('found postgres does not answer', { port, reason: String(error) });
    return undefined;
  } finally {
    await client.end();
  }
}
