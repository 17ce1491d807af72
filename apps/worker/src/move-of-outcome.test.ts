import { describe, expect, it } from '@jest/globals';
import type { Effect, StepOutcome } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { moveOfOutcome } from './move-of-outcome.js';

const off = { kind: 'power_off' };
const focus = [{ name: 'pxe', isOk: true }];
const thing = { source: 'maas:default', key: 'abc', seen: 'Deploying' };
const shows = 'maas:default shows Deploying';
const note = (text: string) => ({ text, isError: false, contextType: 'node', context: 'n1' });
const since = '2026-01-02 03:04:05 UTC';
const failed = (errorClass: 'cancelled' | 'conflict' | 'timeout' | 'unavailable'): StepOutcome => ({
  kind: 'failed',
  reason: 'no',
  errorClass,
  notes: [],
});
const waiting = (
  wake: Extract<StepOutcome, { kind: 'waiting' }>['wake'],
  ...texts: string[]
): Extract<StepOutcome, { kind: 'waiting' }> => ({
  kind: 'waiting',
  wake,
  progress: { format: 1 },
  notes: texts.map(note),
});
const ended = (facts: Partial<Extract<StepMove, { kind: 'end' }>>): StepMove => ({
  kind: 'end',
  end: 'failed',
  errorClass: null,
  reason: null,
  focus: [],
  ...facts,
});

interface Case {
  readonly outcome: StepOutcome;
  readonly step?: Partial<ClaimedStep>;
  readonly unsettledEffect?: Effect;
  readonly move: StepMove;
}

const cases: Readonly<Record<string, Case>> = {
  'a step that is done has succeeded, with its focus': {
    outcome: { kind: 'done', notes: [], focus },
    move: ended({ end: 'succeeded', focus }),
  },
  'what is not there is absent, never failed': {
    outcome: { kind: 'absent', notes: [] },
    move: ended({ end: 'absent' }),
  },
  'a failure keeps its class and its reason': {
    outcome: failed('conflict'),
    move: ended({ errorClass: 'conflict', reason: 'no' }),
  },
  'a stopping step that was cancelled ends so': {
    outcome: failed('cancelled'),
    step: { stopping: true },
    move: ended({ end: 'cancelled', errorClass: 'cancelled', reason: 'no' }),
  },
  'a stopping step can still fail for another reason': {
    outcome: failed('conflict'),
    step: { stopping: true },
    move: ended({ errorClass: 'conflict', reason: 'no' }),
  },
  'nobody is cancelled who was not stopping': {
    outcome: failed('cancelled'),
    move: ended({ errorClass: 'cancelled', reason: 'no' }),
  },
  'a wait by the clock': {
    outcome: waiting({ afterSeconds: 3 }),
    move: { kind: 'wait', afterSeconds: 3, observe: null, state: null },
  },
  'a wait for something observed has no clock': {
    outcome: waiting({ observe: thing }),
    move: { kind: 'wait', afterSeconds: null, observe: thing, state: shows },
  },
  'the last call does not wait any more, and says what was seen last': {
    outcome: waiting({ afterSeconds: 3 }, 'enlisting', 'booting'),
    step: { isLastCall: true },
    move: ended({
      errorClass: 'timeout',
      reason: 'the deadline passed; the step still waited; last known state: booting',
    }),
  },
  'the last call that has nothing to say': {
    outcome: waiting({ afterSeconds: 3 }),
    step: { isLastCall: true },
    move: ended({ errorClass: 'timeout', reason: 'the deadline passed; the step still waited' }),
  },
  'the last call that observes says what, and since when': {
    outcome: waiting({ observe: thing }),
    step: { isLastCall: true, lastState: shows, lastStateSince: since },
    move: ended({
      errorClass: 'timeout',
      reason: `the deadline passed; the step still waited; last known state: ${shows}, since ${since}`,
    }),
  },
  'a driver that finds at the last call that the time is up is told what was seen last': {
    outcome: failed('timeout'),
    step: { isLastCall: true, lastState: shows, lastStateSince: since },
    move: ended({ errorClass: 'timeout', reason: `no; last known state: ${shows}, since ${since}` }),
  },
  'the last call after too many tries says whose they were': {
    outcome: failed('unavailable'),
    step: { isLastCall: true, exhaustedBudget: 'node:east:n1' },
    move: ended({ errorClass: 'budget_used_up', reason: 'no; the retry budget of node:east:n1 is used up' }),
  },
  'what a last call found counts, whatever the time': {
    outcome: failed('conflict'),
    step: { isLastCall: true, exhaustedBudget: 'node:east:n1', lastState: shows },
    move: ended({ errorClass: 'conflict', reason: 'no' }),
  },
  'a state in the words of the driver wins over its notes': {
    outcome: { ...waiting({ observe: thing }, 'booting'), state: 'MAAS status: Deploying' },
    move: { kind: 'wait', afterSeconds: null, observe: thing, state: 'MAAS status: Deploying' },
  },
  'an open effect outlives the last call': {
    outcome: waiting({ afterSeconds: 2 }),
    step: { isLastCall: true, secondsLeft: -299 },
    unsettledEffect: off,
    move: { kind: 'wait', afterSeconds: 2, observe: null, state: null },
  },
  'an open effect is looked for by the clock after the deadline, whatever observes it': {
    outcome: waiting({ observe: thing }),
    step: { isLastCall: true, secondsLeft: -1 },
    unsettledEffect: off,
    move: { kind: 'wait', afterSeconds: 5, observe: null, state: shows },
  },
  'a stopping step looks for an open effect by the clock, long before its deadline': {
    outcome: waiting({ observe: thing }),
    step: { stopping: true, stoppingForSeconds: 1 },
    unsettledEffect: off,
    move: { kind: 'wait', afterSeconds: 5, observe: null, state: shows },
  },
  'before the deadline an open effect waits like anything else': {
    outcome: waiting({ observe: thing }),
    unsettledEffect: off,
    move: { kind: 'wait', afterSeconds: null, observe: thing, state: shows },
  },
};

describe('the move of an outcome', () => {
  it.each(Object.entries(cases))('%s', (_name, { outcome, step, unsettledEffect = null, move }) => {
    expect(moveOfOutcome(outcome, claimedStep(step), unsettledEffect)).toEqual(move);
  });

  it('gives an open effect up 300 s after the deadline and names it', () => {
    const step = claimedStep({ isLastCall: true, secondsLeft: -301 });
    expect(moveOfOutcome(waiting({ afterSeconds: 2 }, 'no answer'), step, off)).toMatchObject({
      end: 'failed',
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(/^power_off was begun .* 300 s .* last: no answer$/),
    });
  });

  it('gives an open effect up 300 s after the task was asked to stop', () => {
    const step = claimedStep({ stopping: true, stoppingForSeconds: 301, secondsLeft: 2000 });
    expect(moveOfOutcome(waiting({ observe: thing }), step, off)).toMatchObject({
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(
        /^power_off was begun .* 300 s after the task was stopped: .*maas:default shows Deploying$/,
      ),
    });
  });
});
