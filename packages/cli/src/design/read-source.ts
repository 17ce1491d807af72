import { readFile } from 'node:fs/promises';
import { checkReference, createReferenceResolver } from '@drydock/ingester';
import { DrydockError } from '@drydock/model';
import type { Surroundings } from '../surroundings.js';
import { certificateAuthority } from './certificate-authority.js';
import { isUrl } from './is-url.js';
import { localPolicy } from './local-policy.js';

export interface DesignSource {
  readonly bytes: Uint8Array;
  /** What findings call it. */
  readonly source: string;
}

export interface ReadOptions {
  /** `host` or `host:port` that may be shown the Keystone token; by default those of `DRYDOCK_KEYSTONE_HOSTS`. */
  readonly keystoneHosts?: readonly string[];
}

/**
 * The bytes that a REF means here: `-` is standard input, a URL is fetched, anything else is a file.
 * @throws DrydockError for what cannot be read or fetched
 */
export async function readSource(
  reference: string,
  { readInput, env }: Surroundings,
  { keystoneHosts }: ReadOptions,
): Promise<DesignSource> {
  if (reference === '-') return { bytes: await orUnavailable('standard input', readInput), source: 'stdin' };
  if (!isUrl(reference)) return await readPath(reference);
  const policy = localPolicy(env, keystoneHosts);
  const checked = checkReference(reference, policy);
  if (checked.via === 'file') return await readPath(checked.path);
  const trusting = checked.needsKeystone
    ? { ...policy, certificateAuthority: await certificateAuthority(env) }
    : policy;
  return await createReferenceResolver(trusting).resolve(reference, new AbortController().signal);
}

async function readPath(path: string): Promise<DesignSource> {
  return { bytes: await orUnavailable(path, () => readFile(path)), source: path };
}

async function orUnavailable(name: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new DrydockError(
      'design_unavailable',
      `${name} cannot be read (${code}); name a file, a URL, or - for standard input`,
      { cause: error },
    );
  }
}
