import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { DrydockError, isDrydockError } from '@drydock/model';
import { joinBytes } from '../join-bytes.js';
import type { ReferencePolicy } from '../reference-policy.js';
import { isBelowAny, outsideRoots } from './design-path.js';

const chunkBytes = 256 * 1024;

/**
 * Reads the file of a `file://` reference. Where the file really is decides, so neither `..` nor a symbolic link leads
 * out of the configured roots; only regular files are read, and no more of them than the limit.
 * @throws DrydockError `design_reference_refused`, `design_unavailable`, `design_too_large`; the signal's reason when it
 * aborts
 */
export async function readDesignFile(
  path: string,
  policy: ReferencePolicy,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const realPath = await realpath(path);
    if (!isBelowAny(realPath, await realRoots(policy.fileRoots))) throw outsideRoots(path);
    return await readRegularFile(realPath, policy.maxBytes, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw isDrydockError(error) ? error : unreadable(path, error);
  }
}

/** Roots that are not there hold nothing. */
async function realRoots(roots: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.allSettled(roots.map((root) => realpath(root)));
  return found.flatMap((root) => (root.status === 'fulfilled' ? [root.value] : []));
}

async function readRegularFile(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    await refuseIrregular(file, path, maxBytes);
    return await readUpTo(file, { path, maxBytes, signal });
  } finally {
    await file.close();
  }
}

/** The file that is open must be the one that was checked: a directory above it may have been replaced meanwhile. */
async function refuseIrregular(file: FileHandle, path: string, maxBytes: number): Promise<void> {
  const opened = await file.stat();
  const [named, realPath] = await Promise.all([lstat(path), realpath(path)]);
  if (named.ino !== opened.ino || named.dev !== opened.dev || realPath !== path) throw outsideRoots(path);
  if (!opened.isFile()) {
    throw new DrydockError('design_reference_refused', `${path} is no regular file; name the file of the design`);
  }
  if (opened.size > maxBytes) throw tooLarge(path, maxBytes);
}

async function readUpTo(
  file: FileHandle,
  { path, maxBytes, signal }: { path: string; maxBytes: number; signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  // The size that was checked may have grown, so the end decides.
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes));
    if (bytesRead === 0) break;
    total += bytesRead;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
    chunks.push(buffer.subarray(0, bytesRead));
  }
  return joinBytes(chunks);
}

function unreadable(path: string, error: unknown): DrydockError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new DrydockError(
    'design_unavailable',
    `${path} cannot be read (${code}); check the path and its permissions`,
    {
      cause: error,
    },
  );
}

function tooLarge(path: string, maxBytes: number): DrydockError {
  return new DrydockError('design_too_large', `${path} is larger than the limit of ${maxBytes} bytes`);
}
