import { waitForTask } from '@drydock/client';
import { type ExitCode, exitCodeOf } from '../exit-codes.js';
import { oneLine } from '../output/one-line.js';
import { openProgressView } from '../progress/open-progress-view.js';
import { resultTable } from '../progress/result-table.js';
import type { Surroundings } from '../surroundings.js';
import type { AwaitedTask } from './awaited-task.js';

/**
 * Shows a task until it is over or the time is up, prints its document, and says what the process ends with.
 * @throws what the abort of the signal throws
 */
export async function showUntilOver(
  { client, id, options }: AwaitedTask,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<ExitCode> {
  const view = openProgressView(surroundings);
  const end = await waitForTask(client, id, {
    pollSeconds: options.pollInterval,
    timeoutSeconds: options.timeout === undefined ? null : options.timeout * 60,
    onLook: (tree) => view.show(tree),
    onOutage: (error) => view.note(`${error.message}; trying again`),
    signal,
  });
  view.close();
  if (end.kind === 'ended') surroundings.tell(resultTable(end.tree));
  else surroundings.tell(`Timeout: task ${id} goes on; wait with "drydock task wait ${id}"\n`);
  if (end.task) surroundings.print(oneLine(end.task));
  return exitCodeOf(end);
}
