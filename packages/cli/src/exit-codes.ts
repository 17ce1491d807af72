import type { TaskDocument, WaitEnd } from '@drydock/client';
import type { Interruption } from './surroundings.js';

/** What the process ends with; 10 to 13 when it waited for a task, 11 also for a design with errors; 128 and a signal. */
export const exitCodes = {
  success: 0,
  requestFailed: 1,
  usage: 2,
  partialSuccess: 10,
  failure: 11,
  terminated: 12,
  timeout: 13,
  different: 14,
  interrupted: 130,
  askedToEnd: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codeOfResult = {
  success: exitCodes.success,
  partial_success: exitCodes.partialSuccess,
  failure: exitCodes.failure,
  incomplete: exitCodes.failure,
} as const satisfies Record<TaskDocument['result']['status'], ExitCode>;

export function exitCodeOf(end: WaitEnd): ExitCode {
  if (end.kind === 'timeout') return exitCodes.timeout;
  return end.task.status === 'terminated' ? exitCodes.terminated : codeOfResult[end.task.result.status];
}

export const exitCodeOfInterruption = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.askedToEnd,
} as const satisfies Record<Interruption, ExitCode>;
