import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';

export interface DataDirectoryFacts {
  /** `DRYDOCK_DATA_DIR`. */
  readonly configured: string | undefined;
  readonly projectRoot: string;
  /** Our own user id; undefined where the system has none. */
  readonly uid: number | undefined;
}

/**
 * Where an installation keeps its files. Root's Postgres runs as another user, who often cannot reach the project
 * (below /root, mode 0700): then each checkout has its place below /var/lib/drydock. Everybody else's lies in it.
 */
export function chooseDataDirectory({ configured, projectRoot, uid }: DataDirectoryFacts): string {
  if (configured !== undefined && configured !== '') return configured;
  if (uid !== 0) return join(projectRoot, '.drydock');
  // One checkout, one place: `/srv/drydock` and `/srv/drydock/` are the same.
  const root = resolve(projectRoot);
  const mark = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return join('/var/lib/drydock', `${basename(root)}-${mark}`);
}
