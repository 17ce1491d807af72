import { createHash, webcrypto } from 'node:crypto';

/** Below this, waiting for another thread costs more than the hash. */
const smallBytes = 256 * 1024;
/** A large design is hashed in parts, side by side in the threads of libuv. */
const partBytes = 2 * 1024 * 1024;

/**
 * A name for content, hex: SHA-256 of what is small, and of the parts' SHA-256 of what is large. Large ones are hashed
 * outside the event loop.
 */
export async function hashContent(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.byteLength <= smallBytes) return hex(bytes);
  const parts = Array.from({ length: Math.ceil(bytes.byteLength / partBytes) }, (_, index) =>
    webcrypto.subtle.digest('SHA-256', bytes.subarray(index * partBytes, (index + 1) * partBytes)),
  );
  return hex(Buffer.concat((await Promise.all(parts)).map((digest) => new Uint8Array(digest))));
}

function hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
