import type { ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../network/find-free-port.js';
import type { Log } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import { attachToServer } from './attach-to-server.js';
import { type ClusterHome, clusterHomeAt, clusterHomeIn, prepareDataDirectory, readPassword } from './cluster-home.js';
import { initialiseCluster } from './initialise-cluster.js';
import { launchPostmaster } from './launch-postmaster.js';
import type { WorkingBinaries } from './postgres-binaries.js';
import type { PostgresServer } from './postgres-server.js';
import { removeForeignPostmasterFile } from './postmaster-file.js';
import type { ServerAccount } from './server-account.js';
import { describeOwner, ownerSetting } from './server-owner.js';
import { type StoppableServer, stopServer } from './stop-server.js';

export interface StartPostgresOptions {
  readonly dataDirectory: string;
  readonly binaries: WorkingBinaries;
  readonly account: ServerAccount | undefined;
  readonly superuser: string;
  readonly durable: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly startTimeoutSeconds: number;
}

const retryMs = 100;

/**
 * What a server says when it can be started a moment later: the one before is still ending, or its port was taken
 * between our look and its bind.
 */
const passing = /lock file "postmaster\.pid"|pre-existing shared memory block|could not bind|Address already in use/;

/**
 * Starts the server of a data directory, or attaches to the one that runs there already.
 * May be called at once by several processes: one starts it, the others share it.
 */
export async function startPostgresServer(options: StartPostgresOptions): Promise<PostgresServer> {
  const { log } = options;
  const started = performance.now();
  await prepareDataDirectory(options.dataDirectory, options.account);
  // The real path, because that is what the server's own files and /proc tell.
  const dataDirectory = await realpath(options.dataDirectory);
  const made = await initialiseCluster({ ...options, home: clusterHomeIn(dataDirectory) });
  const home = clusterHomeAt(clusterHomeIn(dataDirectory).directory);
  const password = await readPassword(home);
  const server = await attachOrLaunch(options, {
    home,
    password,
    deadline: started + options.startTimeoutSeconds * 1000,
  });
  log.info('embedded postgres ready', {
    origin: server.origin,
    version: options.binaries.version,
    clusterMade: made,
    durationMs: Math.round(performance.now() - started),
  });
  return server;
}

interface Start {
  readonly home: ClusterHome;
  readonly password: string;
  readonly deadline: number;
}

async function attachOrLaunch(options: StartPostgresOptions, start: Start): Promise<PostgresServer> {
  let last = 'another server of this data directory did not become ready';
  for (;;) {
    const attached = await attachToServer({ ...options, ...start });
    if (attached !== 'none' && attached !== 'not_ready') return attached;
    if (attached === 'none') {
      const launched = await launch(options, start);
      if (typeof launched !== 'string') return launched;
      last = launched;
      if (!passing.test(last)) break;
      options.log.warn('embedded postgres could not start yet', { reason: last });
    }
    if (performance.now() > start.deadline) break;
    await delay(retryMs);
  }
  throw new DrydockError(
    'postgres_start_failed',
    `PostgreSQL ${options.binaries.version} did not start in ${start.home.directory}: ${last}; ` +
      `see ${start.home.logFile}, or set DATABASE_URL to another server`,
  );
}

/** One attempt: the running server, or what it said when it ended. */
async function launch(options: StartPostgresOptions, { home, password }: Start): Promise<PostgresServer | string> {
  if (await removeForeignPostmasterFile(home.cluster)) {
    options.log.info('stale postmaster.pid removed', { cluster: home.cluster });
  }
  const port = await findFreePort();
  const settings = { ...options.settings, [ownerSetting]: describeOwner(options.settings) };
  const timeoutSeconds = options.startTimeoutSeconds;
  const attempt = await launchPostmaster({ ...options, settings, home, port, timeoutSeconds });
  if (attempt.kind === 'ended') return attempt.output;
  return { port, password, origin: 'started', stop: stopOnce(attempt.child, home, options.log) };
}

function stopOnce(child: ChildProcess, home: ClusterHome, log: Log): () => Promise<void> {
  // A main that ends without closing must not leave a server behind; only a SIGKILL can, and then the next start adopts it.
  const onExit = (): boolean => child.kill('SIGINT');
  process.once('exit', onExit);
  const server: StoppableServer = { pid: child.pid ?? 0, home, log };
  let stopping: Promise<void> | undefined;
  return () => {
    process.removeListener('exit', onExit);
    return (stopping ??= stopServer(server));
  };
}
