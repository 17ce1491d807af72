import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { currentDirectoryOf, identifyProcess } from './process-identity.js';
import { errorCode } from '../error-code.js';

/** What a server writes about itself into `postmaster.pid` (PostgreSQL source, src/include/utils/pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** Reads the file of a living server of this cluster; undefined if there is none. A dead server's file is left alone. */
export async function findPostmaster(cluster: string): Promise<PostmasterFile | undefined> {
  const written = await readPostmasterFile(cluster);
  return written !== undefined && isPostmasterOf(cluster, written.pid) ? written : undefined;
}

/**
 * Removes a file whose process id now belongs to something else: Postgres itself would take that for a running
 * server and refuse to start, which in containers, where ids are small, happens after every hard stop.
 * Children of a killed server are safe from this: Postgres finds them by the shared memory of the data directory.
 */
export async function removeForeignPostmasterFile(cluster: string): Promise<boolean> {
  const written = await readPostmasterFile(cluster);
  if (written === undefined || isPostmasterOf(cluster, written.pid)) return false;
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  return true;
}

function isPostmasterOf(cluster: string, pid: number): boolean {
  if (identifyProcess(pid) === undefined) return false;
  const directory = currentDirectoryOf(pid);
  return directory === undefined || directory === cluster;
}

async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  try {
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Math.abs(Number(lines[0]));
    if (!Number.isInteger(pid) || pid === 0) return undefined;
    return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
