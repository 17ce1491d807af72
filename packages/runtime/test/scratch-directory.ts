import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScratchDirectory {
  readonly path: string;
  /** A path in it that does not exist yet. */
  fresh(name: string): string;
  remove(): Promise<void>;
}

/** A directory that every user may pass through: root's Postgres runs as another. */
export async function makeScratchDirectory(): Promise<ScratchDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'drydock-runtime-'));
  await chmod(path, 0o711);
  let count = 0;
  return {
    path,
    fresh: (name) => join(path, `${name}-${(count += 1)}`),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
