import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DrydockError } from '@drydock/model';

/**
 * The path of a `file://` reference, if it lies below a root as the two are written; nothing is looked at.
 * @throws DrydockError `design_reference_refused`
 */
export function designPath(url: URL, fileRoots: readonly string[]): string {
  const path = pathOf(url);
  if (
    isBelowAny(
      path,
      fileRoots.map((root) => resolve(root)),
    )
  )
    return path;
  throw outsideRoots(path);
}

export function isBelowAny(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const way = relative(root, path);
    return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
  });
}

export function outsideRoots(path: string): DrydockError {
  return new DrydockError(
    'design_reference_refused',
    `${path} is not below a directory that designs may be read from; move it there, or add its directory to the configuration`,
  );
}

function pathOf(url: URL): string {
  if (url.host !== '') {
    throw new DrydockError(
      'design_reference_refused',
      'a file:// reference names no host; write file:///path/to/design',
    );
  }
  const path = decodedPath(url);
  if (path.includes('\0')) throw invalidPath();
  return path;
}

function decodedPath(url: URL): string {
  try {
    return fileURLToPath(new URL(`file://${url.pathname}`));
  } catch (error) {
    throw invalidPath(error);
  }
}

function invalidPath(cause?: unknown): DrydockError {
  return new DrydockError(
    'design_reference_refused',
    'the path of the file:// reference is not valid (an encoded slash, a null byte or broken percent-encoding); correct it',
    { cause },
  );
}
