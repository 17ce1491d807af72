import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DrydockError } from '@drydock/model';
import { Secret } from '../secret.js';
import { errorCode } from '../error-code.js';

const keyBytes = 32;

/** Makes the key of the secret rows if there is none: 32 random bytes as base64, mode 0600, whole or not at all. */
export async function ensureSecretKeyFile(directory: string): Promise<string> {
  const file = join(directory, 'secret-key');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const staging = `${file}.new-${process.pid}`;
  await writeFile(staging, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(staging, file);
  } catch (error) {
    // The key of an earlier start; a new one could not open the rows that it closed.
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(staging, { force: true });
  }
  return file;
}

/** Reads `DRYDOCK_SECRET_KEY_FILE`. Throws when it does not hold exactly 32 bytes of base64. */
export async function readSecretKeyFile(file: string): Promise<Secret<Buffer>> {
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length === keyBytes) return new Secret(key);
  throw new DrydockError(
    'invalid_configuration',
    `${file} holds no key: expected ${keyBytes} bytes as base64, e.g. made by "openssl rand -base64 ${keyBytes}"`,
  );
}
