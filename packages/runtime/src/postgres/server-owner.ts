import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type ProcessIdentity, identifyProcess, isAlive } from './process-identity.js';
import { errorCode } from '../error-code.js';

/** Who answers for a running server, and how it was set up. */
export interface ServerOwner {
  readonly process: ProcessIdentity;
  readonly settings: Readonly<Record<string, string>>;
}

/** Makes this process the one that stops the server. */
export async function takeOwnership(ownerFile: string, settings: ServerOwner['settings']): Promise<void> {
  const owner: ServerOwner = { process: identifyProcess(process.pid) ?? { pid: process.pid, started: null }, settings };
  const staging = `${ownerFile}.${process.pid}`;
  await writeFile(staging, JSON.stringify(owner), { mode: 0o600 });
  await rename(staging, ownerFile);
}

/** The last owner, alive or not; undefined if the server never had one. */
export async function readOwner(ownerFile: string): Promise<(ServerOwner & { readonly isAlive: boolean }) | undefined> {
  try {
    const owner = JSON.parse(await readFile(ownerFile, 'utf8')) as ServerOwner;
    return { ...owner, isAlive: isAlive(owner.process) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export async function dropOwnership(ownerFile: string): Promise<void> {
  await rm(ownerFile, { force: true });
}
