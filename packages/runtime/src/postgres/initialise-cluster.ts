import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DrydockError } from '@drydock/model';
import { type ClusterHome, clusterHomeAt, handOver } from './cluster-home.js';
import type { WorkingBinaries } from './postgres-binaries.js';
import { runAs } from './run-as.js';
import type { ServerAccount } from './server-account.js';
import { errorCode } from '../error-code.js';

export interface InitialiseOptions {
  readonly home: ClusterHome;
  readonly binaries: WorkingBinaries;
  readonly account: ServerAccount | undefined;
  readonly superuser: string;
  /** False skips the flush to disk at the end of initdb. */
  readonly durable: boolean;
}

/**
 * Makes the cluster if there is none. It is made beside its place and moved there in one rename, so that a process
 * killed in the middle leaves nothing half-made and of two that start at once one wins. Returns whether it made one.
 */
export async function initialiseCluster(options: InitialiseOptions): Promise<boolean> {
  const { home, account } = options;
  if (existsSync(join(home.cluster, 'PG_VERSION'))) {
    await refuseOtherMajor(options);
    return false;
  }
  const staging = await mkdtemp(`${home.directory}.new-`);
  try {
    await handOver(staging, account);
    await runInitdb(options, clusterHomeAt(staging));
    return await moveIntoPlace(staging, home.directory);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function refuseOtherMajor({ home, binaries }: InitialiseOptions): Promise<void> {
  const made = (await readFile(join(home.cluster, 'PG_VERSION'), 'utf8')).trim();
  const ours = binaries.version.split('.')[0];
  if (made === ours) return;
  throw new DrydockError(
    'data_directory_version',
    `the database in ${home.directory} was made by PostgreSQL ${made}, but the programs found (${binaries.root}) are ` +
      `${binaries.version}; install PostgreSQL ${made}, or set DRYDOCK_DATA_DIR to an empty directory`,
  );
}

async function runInitdb(options: InitialiseOptions, staged: ClusterHome): Promise<void> {
  const { binaries, account, superuser } = options;
  await writeFile(staged.passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  await handOver(staged.passwordFile, account);
  const args = [
    `--pgdata=${staged.cluster}`,
    `--username=${superuser}`,
    `--pwfile=${staged.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    ...(options.durable ? [] : ['--no-sync']),
  ];
  const result = await runAs(account, { file: binaries.initdb, args, cwd: staged.directory });
  if (result.status === 0) return;
  throw new DrydockError(
    'postgres_start_failed',
    `initdb of PostgreSQL ${binaries.version} failed in ${staged.directory}: ` +
      `${result.startError ?? (result.stderr.trim() || `status ${result.status}`)}; ` +
      `check free space and permissions there, or set DATABASE_URL`,
  );
}

async function moveIntoPlace(staging: string, directory: string): Promise<boolean> {
  try {
    await rename(staging, directory);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}
