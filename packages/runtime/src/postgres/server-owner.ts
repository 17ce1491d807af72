import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type ProcessIdentity, identifyProcess, isAlive } from './process-identity.js';
import { errorCode } from '../error-code.js';

/** Who answers for a running server, and how it was set up. */
export interface ServerOwner {
  readonly process: ProcessIdentity;
  readonly settings: Readonly<Record<string, string>>;
}

/** An owner that came after the one who started the server. */
interface Adoption extends ServerOwner {
  readonly postmasterPid: number;
}

/**
 * The server itself says who started it, as a setting that stands on its command line: so there is no moment at which
 * it answers and its owner is not known yet.
 */
export const ownerSetting = 'drydock.owner';

/** This process as the owner of a server with these settings, as the value of that setting. */
export function describeOwner(settings: ServerOwner['settings']): string {
  return JSON.stringify(ourselves(settings));
}

/** Makes this process the owner of a server whose first one died. */
export async function adopt(
  ownerFile: string,
  postmasterPid: number,
  settings: ServerOwner['settings'],
): Promise<void> {
  const adoption: Adoption = { ...ourselves(settings), postmasterPid };
  const staging = `${ownerFile}.${process.pid}`;
  await writeFile(staging, JSON.stringify(adoption), { mode: 0o600 });
  await rename(staging, ownerFile);
}

/** The last owner of that server, alive or not; undefined if it was started by hand. */
export async function findOwner(
  ownerFile: string,
  server: { readonly postmasterPid: number; readonly startedBy: string | null },
): Promise<(ServerOwner & { readonly isAlive: boolean }) | undefined> {
  const adoption = await readAdoption(ownerFile);
  if (adoption?.postmasterPid === server.postmasterPid) return withLife(adoption);
  return server.startedBy === null ? undefined : withLife(JSON.parse(server.startedBy) as ServerOwner);
}

export async function dropAdoption(ownerFile: string): Promise<void> {
  await rm(ownerFile, { force: true });
}

function ourselves(settings: ServerOwner['settings']): ServerOwner {
  return { process: identifyProcess(process.pid) ?? { pid: process.pid, started: null }, settings };
}

function withLife(owner: ServerOwner): ServerOwner & { readonly isAlive: boolean } {
  return { ...owner, isAlive: isAlive(owner.process) };
}

async function readAdoption(ownerFile: string): Promise<Adoption | undefined> {
  try {
    return JSON.parse(await readFile(ownerFile, 'utf8')) as Adoption;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
