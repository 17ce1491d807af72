import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DrydockError } from '@drydock/model';
import { runAs } from './run-as.js';
import type { ServerAccount } from './server-account.js';

/** Where everything of one embedded server lies. The directory appears complete, in one rename, or not at all. */
export interface ClusterHome {
  readonly directory: string;
  /** The Postgres data directory proper. */
  readonly cluster: string;
  /** The superuser's password, mode 0600. */
  readonly passwordFile: string;
  /** Which process answers for the running server, once that is another than the one that started it. */
  readonly ownerFile: string;
  readonly logFile: string;
}

/** The layout below a data directory of Drydock. */
export function clusterHomeIn(dataDirectory: string): ClusterHome {
  return clusterHomeAt(join(dataDirectory, 'postgres'));
}

export function clusterHomeAt(directory: string): ClusterHome {
  return {
    directory,
    cluster: join(directory, 'cluster'),
    passwordFile: join(directory, 'password'),
    ownerFile: join(directory, 'owner.json'),
    logFile: join(directory, 'server.log'),
  };
}

/** Makes the data directory and proves that the server's user can enter it. */
export async function prepareDataDirectory(dataDirectory: string, account: ServerAccount | undefined): Promise<void> {
  const isNew = !existsSync(dataDirectory);
  try {
    await mkdir(dataDirectory, { recursive: true, mode: account === undefined ? 0o700 : 0o711 });
    // The mode of mkdir is cut by the umask; 0711 lets the server's user pass through and read nothing.
    if (isNew && account !== undefined) await chmod(dataDirectory, 0o711);
  } catch (error) {
    throw new DrydockError(
      'data_directory_unreachable',
      `the data directory ${dataDirectory} cannot be made (${String(error)}); set DRYDOCK_DATA_DIR to one that can`,
      { cause: error },
    );
  }
  if (account === undefined) return;
  const entered = await runAs(account, { file: '/bin/sh', args: ['-c', 'cd "$1"', 'sh', dataDirectory], cwd: '/' });
  if (entered.status === 0) return;
  throw new DrydockError(
    'data_directory_unreachable',
    `the user ${account.name}, as which root runs Postgres, cannot enter the data directory ${dataDirectory}; ` +
      `set DRYDOCK_DATA_DIR to a directory outside private ones, e.g. /var/lib/drydock, or run as another user than root`,
  );
}

/** Gives a path to the server's user. */
export async function handOver(path: string, account: ServerAccount | undefined): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** The superuser's password. */
export async function readPassword(home: ClusterHome): Promise<string> {
  try {
    return (await readFile(home.passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new DrydockError(
      'data_directory_unreachable',
      `the password of the database in ${home.directory} cannot be read (${String(error)}); ` +
        `run as the user who made it, or set DRYDOCK_DATA_DIR to another directory`,
      { cause: error },
    );
  }
}
