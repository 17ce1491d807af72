import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { errorCode } from '../error-code.js';

export interface SystemSearch {
  /** The `PATH` to search. */
  readonly searchPath: string;
  /** Directories with one sub-directory per major version, as Debian lays them out. */
  readonly versionedRoots?: readonly string[];
}

/** Finds servers that the system has: on the path first, then by Debian's layout, newest major first. */
export function locateSystemBinaries(search: SystemSearch): PostgresBinaries[] {
  const versioned = (search.versionedRoots ?? ['/usr/lib/postgresql']).flatMap((root) =>
    majorsBelow(root).map((major) => join(root, String(major), 'bin')),
  );
  const directories = [...search.searchPath.split(delimiter).filter((part) => part !== ''), ...versioned];
  const found = [...new Set(directories)].filter(
    (bin) => isProgram(join(bin, 'postgres')) && isProgram(join(bin, 'initdb')),
  );
  return found.map((bin) => ({
    kind: 'system',
    root: dirname(bin),
    postgres: join(bin, 'postgres'),
    initdb: join(bin, 'initdb'),
  }));
}

function majorsBelow(root: string): number[] {
  try {
    return readdirSync(root)
      .map(Number)
      .filter((major) => Number.isInteger(major))
      .sort((left, right) => right - left);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // The question is whether the file can be run; every reason why not gives the same answer.
    return false;
  }
}
