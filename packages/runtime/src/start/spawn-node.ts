import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ProcessSpec } from './process-spec.js';

/**
 * Starts a node process with piped output, in a process group of its own (Ctrl-C reaches only the supervisor, which
 * stops everything in order) and with a channel, whose end tells the child that the supervisor is gone.
 */
export function spawnNode({ entry, args, env }: Pick<ProcessSpec, 'entry' | 'args' | 'env'>): ChildProcess {
  return spawn(process.execPath, [...memoryArguments, ...sourceArguments(entry), entry, ...(args ?? [])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
}

/**
 * Requests leave much garbage that dies young: with a larger young generation it is collected less often, and less of it
 * grows old (measured in bench deploy: an eighth of the workers' processor time). In MiB.
 */
const memoryArguments = ['--max-semi-space-size=32'];

function sourceArguments(entry: string): string[] {
  if (!entry.endsWith('.ts')) return [];
  const loader = createRequire(import.meta.url).resolve('tsx');
  return ['--conditions=drydock-source', '--import', pathToFileURL(loader).href];
}
