import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseDataDirectory } from '@drydock/runtime';

export interface RunDirectoryOptions {
  readonly projectRoot: string;
  /** `DRYDOCK_DATA_DIR`. */
  readonly configured: string | undefined;
  /** What runs, for instance `demo`. */
  readonly name: string;
}

const keptRuns = 5;

/**
 * Makes a place of one run's own: it neither finds nor leaves a database, and two runs do not meet.
 * The logs of the last runs of the same name stay, older ones are deleted.
 */
export async function makeRunDirectory({ projectRoot, configured, name }: RunDirectoryOptions): Promise<string> {
  const uid = process.getuid?.();
  const base = chooseDataDirectory({ configured, projectRoot, uid });
  const moment = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const directory = join(base, `${name}-${moment}-${process.pid}`);
  // Root's Postgres runs as another user, who must be able to pass through here, and to read nothing.
  const mode = uid === 0 ? 0o711 : 0o700;
  await mkdir(directory, { recursive: true, mode });
  await chmod(directory, mode);
  await forgetOldRuns(base, name);
  return directory;
}

async function forgetOldRuns(base: string, name: string): Promise<void> {
  const isRun = new RegExp(`^${name}-\\d{14}-\\d+$`);
  const runs = (await readdir(base)).filter((entry) => isRun.test(entry)).toSorted();
  for (const run of runs.slice(0, -keptRuns)) {
    // It has a database: it goes on running, or was killed and its server with it must be looked at by a person.
    if (existsSync(join(base, run, 'postgres'))) continue;
    await rm(join(base, run), { recursive: true, force: true });
  }
}
