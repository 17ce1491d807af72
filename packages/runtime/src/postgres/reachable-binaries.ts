import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../logging/log.js';
import { embeddedBinariesAt } from './embedded-binaries.js';
import type { PostgresBinaries, WorkingBinaries } from './postgres-binaries.js';
import { errorMessage } from '../error-message.js';
import { restoreSymlinks } from './restore-symlinks.js';
import { runAs, type RunResult } from './run-as.js';
import type { ServerAccount } from './server-account.js';
import { errorCode } from '../error-code.js';

export interface ReachOptions {
  readonly account: ServerAccount | undefined;
  /** Where a copy is kept when the account cannot reach the originals, e.g. a project below /root (mode 0700). */
  readonly copiesDirectory: string;
  readonly log: Log;
}

/** Gives binaries that the account can run, copied once if need be, or the reason why there are none. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  options: ReachOptions,
): Promise<WorkingBinaries | { readonly reason: string }> {
  const hasLinks = binaries.kind === 'system' || (await restoreLinksInPlace(binaries.root, options.log));
  const first = await askVersion(binaries, options.account);
  if ('version' in first) return first;
  // Cured by a copy of our own: a closed directory above the binaries, and missing links in a tree that is not ours.
  const isCurable = binaries.kind === 'embedded' && (first.startError === 'EACCES' || !hasLinks);
  if (!isCurable) return first;
  const copy = await copyBinaries(binaries, options);
  return 'reason' in copy ? { reason: `${first.reason}; ${copy.reason}` } : askVersion(copy, options.account);
}

async function restoreLinksInPlace(root: string, log: Log): Promise<boolean> {
  try {
    const made = await restoreSymlinks(root);
    if (made > 0) log.info('library links of the embedded postgres restored', { root, made });
    return true;
  } catch (error) {
    log.info('library links of the embedded postgres cannot be made in place', { root, reason: errorMessage(error) });
    return false;
  }
}

interface Refusal {
  readonly reason: string;
  readonly startError?: string;
}

async function askVersion(
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
): Promise<WorkingBinaries | Refusal> {
  const server = await runAs(account, { file: binaries.postgres, args: ['--version'], cwd: '/' });
  const version = /\(PostgreSQL\) ([0-9.]+)/.exec(server.stdout)?.[1];
  if (version === undefined) return refuse(binaries.postgres, server);
  const initdb = await runAs(account, { file: binaries.initdb, args: ['--version'], cwd: '/' });
  return initdb.status === 0 ? { ...binaries, version } : refuse(binaries.initdb, initdb);
}

function refuse(file: string, { startError, status, stderr }: RunResult): Refusal {
  if (startError !== undefined) return { reason: `${file} cannot be run (${startError})`, startError };
  return { reason: `${file} ended with status ${status}: ${stderr.trim().split('\n')[0] ?? ''}` };
}

async function copyBinaries(
  binaries: PostgresBinaries,
  { copiesDirectory, log }: ReachOptions,
): Promise<PostgresBinaries | { readonly reason: string }> {
  // The path of an installed package names its exact version, so equal paths have equal content.
  const key = createHash('sha256').update(binaries.root).digest('hex').slice(0, 12);
  const target = join(copiesDirectory, `postgres-${key}`);
  const present = embeddedBinariesAt(target);
  if (present !== undefined) return present;
  try {
    await mkdir(copiesDirectory, { recursive: true, mode: 0o755 });
    const staging = await mkdtemp(join(copiesDirectory, 'copying-'));
    const tree = join(staging, 'native');
    await cp(binaries.root, tree, { recursive: true, verbatimSymlinks: true });
    await restoreSymlinks(binaries.root, tree);
    await openForAll(tree);
    await chmod(copiesDirectory, 0o755);
    await moveIntoPlace(tree, target);
    await rm(staging, { recursive: true, force: true });
  } catch (error) {
    return { reason: `no copy could be made in ${copiesDirectory} (${String(error)})` };
  }
  log.info('embedded postgres copied to where its user can reach it', { from: binaries.root, to: target });
  return embeddedBinariesAt(target) ?? { reason: `the copy in ${target} is incomplete; remove it and start again` };
}

/** Another process may have been faster; its copy is as good as ours. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/** An installation made under umask 077 is closed to everybody but root, and so would be its copy. */
async function openForAll(tree: string): Promise<void> {
  await chmod(tree, 0o755);
  for (const name of await readdir(tree, { recursive: true })) {
    const path = join(tree, name);
    const found = await lstat(path);
    if (!found.isSymbolicLink()) await chmod(path, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644);
  }
}
