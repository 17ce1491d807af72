import { mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { errorCode } from '../error-code.js';

interface SymlinkRecord {
  /** The file, relative to the package: `native/lib/libpq.so.5.18`. */
  readonly source: string;
  /** The link to make, relative to the package: `native/lib/libpq.so.5`. */
  readonly target: string;
}

/**
 * Makes the library links that npm packages cannot carry. The package's own postinstall script does the same, but
 * pnpm blocks such scripts unless they are allowed, and without the links initdb ends with 127.
 * May be repeated, also by several processes at once. Returns how many links were missing.
 */
export async function restoreSymlinks(root: string, into: string = root): Promise<number> {
  let made = 0;
  for (const { source, target } of await readRecords(join(root, 'pg-symlinks.json'))) {
    const link = join(into, relative('native', target));
    await mkdir(dirname(link), { recursive: true });
    try {
      await symlink(join(relative(dirname(target), dirname(source)), basename(source)), link);
      made += 1;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  return made;
}

async function readRecords(file: string): Promise<readonly SymlinkRecord[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SymlinkRecord[];
  } catch (error) {
    // Packages of platforms without versioned libraries (Windows) have no such file.
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
