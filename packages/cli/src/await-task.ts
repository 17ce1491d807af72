import { type DrydockClient, type TaskDocument, waitForTask } from '@drydock/client';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.js';
import { openProgressView } from './progress/open-progress-view.js';
import { resultTable } from './progress/result-table.js';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './usage-error.js';

/** Options of the commands that can wait. */
export interface WaitingOptions {
  readonly block: boolean;
  readonly wait?: boolean;
  /** Seconds. */
  readonly pollInterval: number;
  /** Minutes. */
  readonly timeout?: number;
}

/** @throws UsageError */
export function isWaiting(options: WaitingOptions): boolean {
  const isWaitAsked = options.block || options.wait === true;
  if (options.timeout !== undefined && !isWaitAsked) {
    throw new UsageError("option '--timeout <minutes>' says how long to wait; add --wait");
  }
  return isWaitAsked;
}

/** Shows a task until it has ended, prints its document, and says what the process ends with. */
export async function awaitTask(
  client: DrydockClient,
  id: string,
  options: WaitingOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const view = openProgressView(surroundings);
  const interrupted = new AbortController();
  const takeBack = surroundings.onInterrupt(() => interrupted.abort());
  try {
    const end = await waitForTask(client, id, {
      pollSeconds: options.pollInterval,
      timeoutSeconds: options.timeout === undefined ? null : options.timeout * 60,
      onLook: (tree) => view.show(tree),
      onOutage: (error) => view.note(`${error.message}; trying again`),
      signal: interrupted.signal,
    });
    view.close();
    if (end.kind === 'ended') surroundings.tell(resultTable(end.tree));
    else surroundings.tell(`Timeout: task ${id} goes on; look with "drydock task show --block -t ${id}"\n`);
    if (end.task) surroundings.print(oneLine(end.task));
    return exitCodeOf(end);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    surroundings.tell(`\nTask ${id} goes on; look with "drydock task show --block -t ${id}"\n`);
    return exitCodes.interrupted;
  } finally {
    takeBack();
  }
}

export function oneLine(document: TaskDocument | readonly unknown[]): string {
  return `${JSON.stringify(document)}\n`;
}
