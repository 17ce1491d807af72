import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TaskDocument } from '@drydock/client';

export interface TaskCommand {
  readonly projectRoot: string;
  readonly apiUrl: string;
  readonly designRef: string;
  readonly action: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

/** A task of the demo takes seconds; one that hangs must not hang the demo. */
const timeoutMinutes = 3;

/**
 * Runs `drydock task create … --wait` as a process of its own, with its progress on our standard error.
 * @throws when it ends with anything but success
 */
export async function runTaskCommand(command: TaskCommand): Promise<TaskDocument> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const entry = join(command.projectRoot, 'packages', 'cli', 'src', 'main.ts');
  const words = ['--url', command.apiUrl, 'task', 'create', '-d', command.designRef, '-a', command.action, '--wait'];
  const child = spawn(
    process.execPath,
    [
      '--conditions=drydock-source',
      '--import',
      loader,
      entry,
      ...words,
      '--poll-interval',
      '0.5',
      '--timeout',
      String(timeoutMinutes),
    ],
    { env: command.env, stdio: ['ignore', 'pipe', 'inherit'], signal: command.signal },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (status === 0) return lastDocument(printed);
  throw new Error(`"drydock ${words.join(' ')}" ended with ${signal ?? `status ${status}`}${reasonsIn(printed)}`);
}

/** One document per line; the last is the task as it ended. */
function lastDocument(printed: string): TaskDocument {
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as TaskDocument;
}

function reasonsIn(printed: string): string {
  if (printed.trim() === '') return ', see above';
  const { details, message } = lastDocument(printed).result;
  const errors = details.messageList.filter(({ error }) => error).map((entry) => entry.message);
  return errors.length === 0 ? (message === null ? ', see above' : `: ${message}`) : `:\n  ${errors.join('\n  ')}`;
}
