import type { ErrorClass, StepOutcome } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';

type EndMove = Extract<StepMove, { kind: 'end' }>;
type Waiting = Extract<StepOutcome, { kind: 'waiting' }>;
type TimedStep = Pick<ClaimedStep, 'exhaustedBudget' | 'lastState' | 'lastStateSince'>;

/** What the last call of a step came to. */
export interface LastFinding {
  readonly errorClass: ErrorClass;
  readonly reason: string;
  /** What the call itself saw; null: it saw nothing. */
  readonly state: string | null;
}

/** These say that nobody knows better; any other class is what was found, whatever the time. */
const classesOfTime: ReadonlySet<ErrorClass> = new Set(['timeout', 'unavailable']);

/** The end of a step that its last call could not finish: why it was the last, what it found, what was seen last. */
export function timeIsUp(step: TimedStep, { errorClass, reason, state }: LastFinding): EndMove {
  const why = whyLast(step);
  const text = [why, reason, lastKnownState(step, state)].filter((part) => part !== null).join('; ');
  return endOf(step, errorClass, text);
}

/**
 * The end of a step whose driver said at the last call that the time is up: in the driver's words, with what was seen last
 * where they leave that out. Null: the driver found something else, and that counts.
 */
export function timeIsUpForDriver(
  step: TimedStep & Pick<ClaimedStep, 'isLastCall'>,
  { errorClass, reason }: Extract<StepOutcome, { kind: 'failed' }>,
): EndMove | null {
  if (!step.isLastCall || !classesOfTime.has(errorClass)) return null;
  const known = lastKnownState(step, null);
  const budget = step.exhaustedBudget === null ? null : whyLast(step);
  return endOf(step, errorClass, [reason, budget, known].filter((part) => part !== null).join('; '));
}

/** What a call that waits says of its machine: in the driver's words, or in those of its last note, or as it is observed. */
export function stateOf({ state, notes, wake }: Waiting): string | null {
  if (state !== undefined) return state;
  const note = notes.at(-1);
  if (note !== undefined) return note.text;
  return 'observe' in wake ? `${wake.observe.source} shows ${wake.observe.seen}` : null;
}

/** For the end of a reason: what a call sees now, or else what one saw before, and since when. */
export function lastKnownState(step: TimedStep, seenNow: string | null): string | null {
  const state = seenNow ?? step.lastState;
  if (state === null) return null;
  const since = state === step.lastState && step.lastStateSince !== null ? `, since ${step.lastStateSince}` : '';
  return `last known state: ${state}${since}`;
}

function whyLast({ exhaustedBudget }: TimedStep): string {
  return exhaustedBudget === null ? 'the deadline passed' : `the retry budget of ${exhaustedBudget} is used up`;
}

function endOf({ exhaustedBudget }: TimedStep, found: ErrorClass, reason: string): EndMove {
  const errorClass = exhaustedBudget === null ? found : 'budget_used_up';
  return { kind: 'end', end: 'failed', errorClass, reason, focus: [] };
}
