import { setTimeout as delay } from 'node:timers/promises';
import { ClientError } from '@drydock/client';
import { printable } from '../output/printable.js';
import type { Surroundings } from '../surroundings.js';
import type { AwaitedTask } from './awaited-task.js';

/** As long as a wait outlives. */
const outageSeconds = 60;

/**
 * Terminates a task, also if the API is just being restarted; one that has come to its own end needs it no more. The
 * signal stops the tries between two of them, never one under way: nobody would know what became of it.
 * @throws ClientError when the API refuses, or is away for too long
 */
export async function terminateSurely(
  { client, id, options }: AwaitedTask,
  { tell }: Surroundings,
  signal: AbortSignal,
): Promise<'ordered' | 'over'> {
  const endAt = performance.now() + outageSeconds * 1000;
  for (;;) {
    try {
      await client.terminateTask(id);
      return 'ordered';
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (error.status === 409) return 'over';
      if (!error.canRetry || signal.aborted || performance.now() > endAt) throw error;
      tell(`${printable(error.message)}; trying again\n`);
    }
    await delay(options.pollInterval * 1000, undefined, { signal });
  }
}
