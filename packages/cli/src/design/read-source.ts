import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createReferenceResolver } from '@drydock/ingester';
import { DrydockError } from '@drydock/model';
import type { Surroundings } from '../surroundings.js';
import { isUrl } from './is-url.js';
import { localPolicy } from './local-policy.js';

export interface DesignSource {
  readonly bytes: Uint8Array;
  /** What findings call it. */
  readonly source: string;
}

/**
 * The bytes that a REF means here: `-` is standard input, a URL is fetched, anything else is a file.
 * @throws DrydockError for what cannot be read or fetched
 */
export async function readSource(reference: string, { readInput }: Surroundings): Promise<DesignSource> {
  if (reference === '-') return { bytes: await readInput(), source: 'stdin' };
  if (!isUrl(reference)) return { bytes: await readPath(reference), source: reference };
  if (/^file:/i.test(reference)) {
    const path = fileURLToPath(reference);
    return { bytes: await readPath(path), source: path };
  }
  return await createReferenceResolver(localPolicy).resolve(reference, new AbortController().signal);
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new DrydockError(
      'design_unavailable',
      `${path} cannot be read (${code}); name a file, a URL, or - for standard input`,
      { cause: error },
    );
  }
}
