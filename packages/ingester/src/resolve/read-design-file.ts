import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DrydockError } from '@drydock/model';
import type { ReferencePolicy, ResolvedReference } from './reference-policy.js';

/**
 * Reads a `file://` reference. Where the file really is decides, so neither `..` nor a symbolic link leads out of the
 * configured roots; only regular files are read, and no more of them than the limit.
 */
export async function readDesignFile(
  url: URL,
  policy: ReferencePolicy,
  signal: AbortSignal,
): Promise<ResolvedReference> {
  const path = pathOf(url);
  const roots = await realRoots(policy.fileRoots);
  if (!isBelowAny(path, [...policy.fileRoots.map((root) => resolve(root)), ...roots])) throw outside(path);
  const realPath = await realpath(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!isBelowAny(realPath, roots)) throw outside(path);
  const bytes = await readRegularFile(realPath, policy.maxBytes, signal);
  return { bytes, source: path };
}

function pathOf(url: URL): string {
  if (url.host !== '' && url.host !== 'localhost') {
    throw new DrydockError(
      'design_reference_refused',
      'a file:// reference names no host; write file:///path/to/design',
    );
  }
  try {
    return fileURLToPath(new URL(`file://${url.pathname}`));
  } catch (error) {
    throw new DrydockError('design_reference_refused', 'the path of the file:// reference is not valid', {
      cause: error,
    });
  }
}

/** Roots that are not there hold nothing. */
async function realRoots(roots: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.allSettled(roots.map((root) => realpath(root)));
  return found.flatMap((root) => (root.status === 'fulfilled' ? [root.value] : []));
}

function isBelowAny(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const way = relative(root, path);
    return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
  });
}

async function readRegularFile(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      throw unreadable(path, error);
    },
  );
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
  if (named.ino !== opened.ino || named.dev !== opened.dev || realPath !== path) throw outside(path);
  if (!opened.isFile()) {
    throw new DrydockError('design_reference_refused', `${path} is no regular file; name the file of the design`);
  }
  if (opened.size > maxBytes) throw tooLarge(path, maxBytes);
}

async function readUpTo(
  file: FileHandle,
  { path, maxBytes, signal }: { path: string; maxBytes: number; signal: AbortSignal },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, end: maxBytes, signal })) {
    const bytes = chunk as Uint8Array;
    total += bytes.length;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function outside(path: string): DrydockError {
  return new DrydockError(
    'design_reference_refused',
    `${path} is not below a directory that designs may be read from; move it there, or add its directory to the configuration`,
  );
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
