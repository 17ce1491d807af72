import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import type { ClusterHome } from './cluster-home.js';
import { findPostmaster } from './postmaster-file.js';
import { identifyProcess } from './process-identity.js';
import { dropAdoption } from './server-owner.js';
import { errorCode } from '../error-code.js';

export interface StoppableServer {
  readonly pid: number;
  readonly home: ClusterHome;
  readonly log: Log;
}

const pollMs = 10;
const fastSeconds = 10;
const immediateSeconds = 5;

/** Ends the server and waits until it is gone: fast shutdown (SIGINT) first, immediate (SIGQUIT) after 10 s. */
export async function stopServer({ pid, home, log }: StoppableServer): Promise<void> {
  const started = performance.now();
  for (const [signal, seconds] of [
    ['SIGINT', fastSeconds],
    ['SIGQUIT', immediateSeconds],
  ] as const) {
    send(pid, signal);
    if (await isGone(pid, home, seconds)) {
      await dropAdoption(home.ownerFile);
      log.info('embedded postgres stopped', { signal, durationMs: Math.round(performance.now() - started) });
      return;
    }
  }
  throw new DrydockError(
    'postgres_stop_failed',
    `the Postgres server in ${home.directory} (process ${pid}) did not end within ${fastSeconds + immediateSeconds} s; ` +
      `its next start will attach to it`,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone already is what we want; a server of another user (EPERM) is not.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function isGone(pid: number, home: ClusterHome, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const found = await findPostmaster(home.cluster);
    if (found?.pid !== pid && identifyProcess(pid) === undefined) return true;
    await delay(pollMs);
  }
  return false;
}
