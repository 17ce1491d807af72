import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Database, heartbeat, type HolderRow, leaseSeconds, retireHolder } from '@drydock/model/db';
import type { Closers } from '../process-life/closers.js';

export interface AnnouncedHolder {
  readonly holder: HolderRow;
  /** Monotonic milliseconds from which the first lease counts. */
  readonly announcedAt: number;
}

/** Tells the database that this process lives, under a new id; who announces it must go on with heartbeats. */
export async function announceHolder(
  db: Database,
  { process: name, slots }: Pick<HolderRow, 'process' | 'slots'>,
  closers: Closers,
): Promise<AnnouncedHolder> {
  const holder: HolderRow = { id: randomUUID(), process: name, host: hostname(), pid: process.pid, slots };
  const announcedAt = performance.now();
  await heartbeat(db, holder, leaseSeconds);
  closers.add('holder', () => retireHolder(db, holder.id));
  return { holder, announcedAt };
}
