import { createHash, webcrypto } from 'node:crypto';

/** Below this, waiting for another thread costs more than the hash. */
const smallBytes = 256 * 1024;

/** SHA-256, hex. A large design is hashed outside the event loop. */
export async function hashContent(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.byteLength <= smallBytes) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
