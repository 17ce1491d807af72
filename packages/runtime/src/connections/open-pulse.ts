import {
  heartbeat,
  type HeldStep,
  type HolderRow,
  leaseSeconds,
  type OpenDatabase,
  openDatabase,
} from '@drydock/model/db';
import type { Log } from '../logging/log.js';
import type { Closers } from '../process-life/closers.js';
import type { Secret } from '../secret.js';
import { isPooled } from './is-pooled.js';

/** Two thirds of the lease: then a holder stops acting, and the next try must still have a chance. */
const answerSeconds = (leaseSeconds * 2) / 3;
/** Timers are not exact. */
const silentMilliseconds = answerSeconds * 1000 - 50;

export interface PulseOptions {
  /** As `connectionSettings` read it. */
  readonly config: {
    readonly databaseUrl: Secret;
    readonly databaseDirectUrl?: Secret | undefined;
    readonly isDurable: boolean;
  };
  /** Name of the app, as Postgres shows it. */
  readonly applicationName: string;
  /** Where everything else is asked; its connections are dropped when nobody answers. */
  readonly database: Pick<OpenDatabase, 'cut'>;
  readonly log: Log;
}

export interface Pulse {
  /**
   * Renews the lease of this process. @returns the steps that are still its own
   * @throws whatever the database says, and when it has not answered for two thirds of a lease
   */
  beat(holder: HolderRow): Promise<readonly HeldStep[]>;
}

/**
 * Heartbeats go over a connection of their own, so that they never wait behind other statements. One that got no answer
 * means that the lease is over, since the one before was sent a second earlier, and that others take all that this
 * process held. Then every connection is dropped: what hangs on one that a router has forgotten, or on a frozen server,
 * fails at once and is tried anew.
 */
export async function openPulse(
  { config, applicationName, database, log }: PulseOptions,
  closers: Closers,
): Promise<Pulse> {
  const own = openDatabase({
    connectionString: config.databaseUrl.reveal(),
    applicationName,
    maxConnections: 1,
    answerSeconds,
    isDurable: config.isDurable,
    isPooled: isPooled(config),
    onError: (error) => log.warn('connection of the heartbeats broke', { error }),
  });
  closers.add('pulse', () => own.close());
  // Now, not with the first beat: a server that takes no more connections then must not end the lease.
  await own.pool.query('select 1');
  return {
    beat: async (holder) => {
      const sentAt = performance.now();
      try {
        return await heartbeat(own.db, holder, leaseSeconds);
      } catch (error) {
        const wasSilent = performance.now() - sentAt >= silentMilliseconds;
        if (wasSilent) log.warn('database silent, connections dropped', { count: own.cut() + database.cut() });
        throw error;
      }
    },
  };
}
