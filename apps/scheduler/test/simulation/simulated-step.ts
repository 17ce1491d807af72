import type { PlannedStep } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';

/** A row of the table of steps. */
export type SimulatedStep = { -readonly [Key in keyof modelDb.StoredStep]: modelDb.StoredStep[Key] } & {
  readonly taskId: string;
  readonly planned: PlannedStep;
  fence: number;
  holderId: string | null;
  ring: number;
  rangAt: number;
  lostCount: number;
  isObserved: boolean;
  /** An effect of it is open. */
  isOwing: boolean;
  /** Its next call is the last. */
  isExhausted: boolean;
  triesPaid: number;
  /** A sweep rang for it, or it was lost: a doorbell of it may be late. */
  wasRungAgain: boolean;
};

export function simulatedStep(taskId: string, planned: PlannedStep): SimulatedStep {
  return {
    ...planned,
    taskId,
    planned,
    id: `${taskId}.${planned.key}`,
    status: 'pending',
    end: null,
    errorClass: null,
    reason: null,
    notBeforeMs: null,
    wakeMs: null,
    readySinceMs: null,
    triesTotal: 0,
    triesPaid: 0,
    unpaidTries: 0,
    moved: false,
    hasBegun: false,
    stopping: false,
    fence: 0,
    holderId: null,
    ring: 0,
    rangAt: 0,
    lostCount: 0,
    isObserved: false,
    isOwing: false,
    isExhausted: false,
    wasRungAgain: false,
  };
}
