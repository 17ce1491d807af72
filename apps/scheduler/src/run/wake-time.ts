import type { MovedStep } from '@drydock/model/db';

/** When a waiting step comes due: when it asked to, and once at its deadline. Null: only when it is observed. */
export function wakeTime(step: Pick<MovedStep, 'notBeforeMs' | 'deadlineMs'>, now: number): number | null {
  const isBeforeDeadline = step.deadlineMs !== null && step.deadlineMs > now;
  if (!isBeforeDeadline) return step.notBeforeMs ?? step.deadlineMs;
  return Math.min(step.notBeforeMs ?? Infinity, step.deadlineMs ?? Infinity);
}
