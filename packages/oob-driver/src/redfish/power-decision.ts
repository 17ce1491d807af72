import type { Progress } from '@drydock/model';
import type { PowerGoal } from './reset-type.js';

/** What a power step remembers between calls. */
export interface PowerProgress extends Progress {
  readonly format: 1;
  /** Which goal it works at: tells "on, before the cycle" from "on, after it". */
  readonly leg: number;
  /** The BMC has accepted the request of this leg. */
  readonly isSent: boolean;
  /** This step switched the power off. */
  readonly hasSwitchedOff: boolean;
  /** Monitor of the request, when the BMC made a task of it. */
  readonly taskLink: string | null;
  /** Power state at the first look. */
  readonly stateBefore: string | null;
  /** Calls that ended by waiting. */
  readonly waits: number;
}

export const powerAtFirst: PowerProgress = {
  format: 1,
  leg: 0,
  isSent: false,
  hasSwitchedOff: false,
  taskLink: null,
  stateBefore: null,
  waits: 0,
};

export interface PowerView {
  readonly goals: readonly PowerGoal[];
  readonly progress: PowerProgress;
  readonly powerState: string;
  readonly stopping: boolean;
  readonly isLastCall: boolean;
}

export interface PowerDecision {
  /** `end`: with what is found. */
  readonly kind: 'send' | 'wait' | 'done' | 'end';
  readonly progress: PowerProgress;
}

/** What to do next, from what the step remembers and what the machine shows. Every other state is on its way somewhere. */
export function decidePower(view: PowerView): PowerDecision {
  const progress = passReachedGoals(view);
  const goal = view.goals[progress.leg];
  if (goal === undefined) return { kind: 'done', progress };
  const isHalfDone = progress.hasSwitchedOff && view.goals.at(-1) === 'On';
  const isSteady = view.powerState === 'On' || view.powerState === 'Off';
  const mayGoOn = isHalfDone || (!view.stopping && !view.isLastCall);
  if (!progress.isSent && isSteady && mayGoOn) return { kind: 'send', progress };
  if (view.isLastCall || (view.stopping && !isHalfDone)) return { kind: 'end', progress };
  return { kind: 'wait', progress };
}

/** Whether the machine shows the effect of a request for this goal, at least its beginning. */
export function isPowerEffectVisible(goal: string, powerState: string): boolean {
  return powerState === goal || powerState === (goal === 'Off' ? 'PoweringOff' : 'PoweringOn');
}

function passReachedGoals({ goals, progress, powerState }: PowerView): PowerProgress {
  let reached = { ...progress, stateBefore: progress.stateBefore ?? powerState };
  while (reached.leg < goals.length && goals[reached.leg] === powerState) {
    reached = { ...reached, leg: reached.leg + 1, isSent: false, taskLink: null };
  }
  return reached;
}
