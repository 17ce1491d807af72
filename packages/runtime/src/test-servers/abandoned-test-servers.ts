import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterHomeIn } from '../postgres/cluster-home.js';
import { findPostmaster } from '../postgres/postmaster-file.js';
import { identifyProcess, isAlive, type ProcessIdentity } from '../postgres/process-identity.js';
import { errorCode } from '../error-code.js';

/** Directories of test runs are named so below the system's temporary directory. */
export const testDirectoryPrefix = 'drydock-tests-';

interface TestServersRecord {
  readonly owner: ProcessIdentity;
  readonly servers: readonly ProcessIdentity[];
}

/** Writes down which process the directory belongs to and which servers were started in it. */
export async function recordTestServers(
  directory: string,
  serverPids: readonly number[],
  ownerPid = process.pid,
): Promise<void> {
  const owner = identifyProcess(ownerPid) ?? { pid: ownerPid, started: null };
  const servers = serverPids.flatMap((pid) => identifyProcess(pid) ?? []);
  const record: TestServersRecord = { owner, servers };
  await writeFile(join(directory, 'servers.json'), JSON.stringify(record), { mode: 0o600 });
}

/** Ends the servers of test runs whose process was killed, and removes their directories. Returns how many. */
export async function removeAbandonedTestServers(below: string): Promise<number> {
  let removed = 0;
  for (const name of await readdir(below)) {
    if (name.startsWith(testDirectoryPrefix) && (await removeIfAbandoned(join(below, name)))) removed += 1;
  }
  return removed;
}

async function removeIfAbandoned(directory: string): Promise<boolean> {
  const found = await readRecord(directory);
  if (found === undefined || isAlive(found.owner)) return false;
  for (const server of found.servers) if (isAlive(server)) process.kill(server.pid, 'SIGKILL');
  const postmaster = await findPostmaster(clusterHomeIn(join(directory, 'data')).cluster);
  if (postmaster !== undefined) process.kill(postmaster.pid, 'SIGQUIT');
  await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  return true;
}

/** Only directories of our own user are touched, and only those that a run has claimed. */
async function readRecord(directory: string): Promise<TestServersRecord | undefined> {
  try {
    const { uid } = await stat(directory);
    if (uid !== (process.getuid?.() ?? uid)) return undefined;
    return JSON.parse(await readFile(join(directory, 'servers.json'), 'utf8')) as TestServersRecord;
  } catch (error) {
    // Removed by its own run since we listed it, or not claimed yet.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
