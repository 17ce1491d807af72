import type { Command } from 'commander';
import { positiveNumber } from '../option-values.js';
import { UsageError } from '../usage-error.js';

/** How a command waits. */
export interface WatchOptions {
  /** Seconds. */
  readonly pollInterval: number;
  /** Minutes. */
  readonly timeout?: number;
  /** Whether an interruption is for the task, not only for who waits. */
  readonly terminateOnInterrupt?: boolean;
}

/** Of the commands that wait only if they are asked to. */
export interface WaitingOptions extends WatchOptions {
  readonly block: boolean;
  readonly wait?: boolean;
}

export function addWaiting(command: Command): Command {
  const asked = command
    .option('-b, --block', 'show progress until the task has ended', false)
    .option('--no-block', 'do not wait')
    .option('--wait', 'the same as --block');
  return addWatching(asked);
}

export function addWatching(command: Command): Command {
  return command
    .option('--poll-interval <seconds>', 'time between two looks', positiveNumber, 2)
    .option('--timeout <minutes>', 'stop waiting after this time; the task goes on', positiveNumber);
}

export function addTerminateOnInterrupt(command: Command): Command {
  return command.option(
    '--terminate-on-interrupt',
    'at Ctrl-C or SIGTERM (a cancelled CI job) terminate the task and wait for its end; at a second one stop waiting',
  );
}

/** @throws UsageError */
export function isWaiting({ block, wait, timeout, terminateOnInterrupt }: WaitingOptions): boolean {
  const isWaitAsked = block || wait === true;
  if (isWaitAsked) return true;
  if (timeout !== undefined) throw new UsageError("option '--timeout <minutes>' says how long to wait; add --wait");
  if (terminateOnInterrupt) throw new UsageError("option '--terminate-on-interrupt' is for a wait; add --wait");
  return false;
}
