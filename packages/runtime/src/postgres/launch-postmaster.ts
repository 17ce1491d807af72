import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { close, open } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ClusterHome, handOver } from './cluster-home.js';
import { findPostmaster } from './postmaster-file.js';
import type { WorkingBinaries } from './postgres-binaries.js';
import { accountOptions, bareEnvironment } from './run-as.js';
import type { ServerAccount } from './server-account.js';

export interface LaunchOptions {
  readonly home: ClusterHome;
  readonly binaries: WorkingBinaries;
  readonly account: ServerAccount | undefined;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

export type Launch =
  | { readonly kind: 'ready'; readonly child: ChildProcess }
  /** It ended, or did not become ready in time; `output` is what it said. */
  | { readonly kind: 'ended'; readonly output: string };

const pollMs = 10;

/** Starts one postmaster and waits until it says that it is ready, or ends. */
export async function launchPostmaster(options: LaunchOptions): Promise<Launch> {
  const { home, account } = options;
  const log = await promisify(open)(home.logFile, 'a', 0o600);
  await handOver(home.logFile, account);
  const logStart = (await stat(home.logFile)).size;
  const child = spawn(options.binaries.postgres, postmasterArguments(options), {
    cwd: home.cluster,
    env: bareEnvironment(),
    stdio: ['ignore', log, log],
    // Ctrl-C reaches the whole process group; the server must outlive the processes that still talk to it.
    detached: true,
    ...accountOptions(account),
  });
  const ended = endOf(child);
  await promisify(close)(log);
  const outcome = await Promise.race([ended, becomesReady(options, child)]);
  if (outcome === 'ready') {
    child.unref();
    return { kind: 'ready', child };
  }
  if (outcome === 'late') {
    child.kill('SIGQUIT');
    await ended;
  }
  const said = (await readFile(home.logFile)).subarray(logStart).toString('utf8').trim();
  return { kind: 'ended', output: [outcome, said].filter((part) => part !== '').join(': ') };
}

function postmasterArguments({ home, port, settings }: LaunchOptions): string[] {
  const assignments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', home.cluster, '-p', String(port), ...assignments];
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    await once(child, 'exit');
    return '';
  } catch (error) {
    return String(error);
  }
}

async function becomesReady({ home, timeoutSeconds }: LaunchOptions, child: ChildProcess): Promise<'ready' | 'late'> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const found = await findPostmaster(home.cluster);
    if (found?.pid === child.pid && found?.status === 'ready') return 'ready';
    await delay(pollMs);
  }
  return 'late';
}
