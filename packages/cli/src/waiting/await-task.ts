import { ClientError, type TaskDocument } from '@drydock/client';
import { type ExitCode, exitCodeOfInterruption } from '../exit-codes.js';
import type { Interruption, Surroundings } from '../surroundings.js';
import type { AwaitedTask } from './awaited-task.js';
import { catchInterrupts, type Interrupts } from './catch-interrupts.js';
import { showUntilOver } from './show-until-over.js';
import { terminateSurely } from './terminate-surely.js';

/**
 * Shows a task until it has ended, prints its document, and says what the process ends with. An interruption ends only
 * the wait, unless the options say that it terminates the task.
 */
export async function awaitTask(task: AwaitedTask, surroundings: Surroundings): Promise<ExitCode> {
  return await submitAndAwait(async () => ({ task_id: task.id }), task, surroundings);
}

/** The same for a task that is yet to be made: an interruption meanwhile counts as soon as the API has answered. */
export async function submitAndAwait(
  submit: () => Promise<Pick<TaskDocument, 'task_id'>>,
  task: Omit<AwaitedTask, 'id'>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const interrupts = catchInterrupts(surroundings);
  try {
    const { task_id: id } = await submit();
    const wait = task.options.terminateOnInterrupt ? waitOrTerminate : waitOrLeave;
    return await wait({ ...task, id }, surroundings, interrupts);
  } finally {
    interrupts.takeBack();
  }
}

async function waitOrLeave(task: AwaitedTask, surroundings: Surroundings, { first }: Interrupts): Promise<ExitCode> {
  const { id } = task;
  const code = await unlessAborted(first, () => showUntilOver(task, surroundings, first));
  if (code !== null) return code;
  surroundings.tell(
    `\nTask ${id} goes on; wait with "drydock task wait ${id}", end it with "drydock task terminate ${id}"\n`,
  );
  return exitCodeOf(first);
}

async function waitOrTerminate(
  task: AwaitedTask,
  surroundings: Surroundings,
  { first, second }: Interrupts,
): Promise<ExitCode> {
  const { id } = task;
  const code = await unlessAborted(first, () => showUntilOver(task, surroundings, first));
  if (code !== null) return code;
  surroundings.tell(`\nTerminating task ${id}; a second interruption ends only the wait for its end\n`);
  if ((await unlessAborted(second, () => terminateSurely(task, surroundings, second))) === null) {
    surroundings.tell(`\nTask ${id} may go on: nobody confirmed its end; try "drydock task terminate ${id}"\n`);
    return exitCodeOf(second);
  }
  const end = await unlessAborted(second, () => showUntilOver(task, surroundings, second));
  if (end !== null) return end;
  surroundings.tell(`\nTask ${id} comes to its end by itself; wait with "drydock task wait ${id}"\n`);
  return exitCodeOf(second);
}

/** Null when the signal came first. What the API said is told all the same. */
async function unlessAborted<Result>(signal: AbortSignal, wait: () => Promise<Result>): Promise<Result | null> {
  try {
    return await wait();
  } catch (error) {
    if (!signal.aborted || error instanceof ClientError) throw error;
    return null;
  }
}

function exitCodeOf({ reason }: AbortSignal): ExitCode {
  return exitCodeOfInterruption[reason as Interruption];
}
