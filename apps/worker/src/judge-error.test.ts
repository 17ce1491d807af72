import { describe, expect, it } from '@jest/globals';
import { DrydockError, type Effect, type ErrorClass, type ErrorCode, type RetrySettings } from '@drydock/model';
import type { ClaimedStep } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { judgeError } from './judge-error.js';

const living = new AbortController().signal;
const timedOut = AbortSignal.abort();
const on = { kind: 'power_on' };
const defect = new TypeError('undefined is not a function');

interface Facts {
  readonly step?: Partial<ClaimedStep>;
  readonly signal?: AbortSignal;
  readonly unsettledEffect?: Effect | null;
  readonly random?: number;
  readonly settings?: RetrySettings;
}

function judge(
  error: unknown,
  { step, signal = living, unsettledEffect = null, random = 1, settings = {} }: Facts = {},
) {
  return judgeError(error, claimedStep(step), { signal, unsettledEffect }, { random, settings });
}

describe('the class of an error', () => {
  const classes: readonly [ErrorCode, ErrorClass][] = [
    ['provisioner_unavailable', 'unavailable'],
    ['bmc_unavailable', 'unavailable'],
    ['database_unavailable', 'unavailable'],
    ['fence_lost', 'unavailable'],
    ['provisioner_refused', 'conflict'],
    ['bmc_refused', 'unsupported'],
    ['unauthenticated', 'authentication'],
    ['secret_unreadable', 'internal'],
    ['queue_refused', 'internal'],
  ];
  it.each(classes)('%s is %s', (code, errorClass) => {
    expect(judge(new DrydockError(code, 'why'))).toMatchObject({ kind: 'retry', errorClass, reason: 'why' });
  });

  it('is a timeout when the call was cut off', () => {
    expect(judge(defect, { signal: timedOut })).toMatchObject({ kind: 'retry', errorClass: 'timeout' });
  });

  it('is internal for anything else, even if it is no Error', () => {
    expect(judge('boom')).toMatchObject({ kind: 'retry', errorClass: 'internal', reason: 'boom' });
  });
});

describe('a call that threw', () => {
  const unavailable = new DrydockError('bmc_unavailable', 'no answer');

  it.each([
    [0, 1],
    [1, 2],
    [4, 16],
    [5, 30],
    [50, 30],
  ])('is tried again after %d tries within %d s', (tries, seconds) => {
    expect(judge(unavailable, { step: { tries } })).toMatchObject({ kind: 'retry', afterSeconds: seconds });
    expect(judge(unavailable, { step: { tries }, random: 0 })).toMatchObject({ kind: 'retry', afterSeconds: 0 });
  });

  it('waits as the site says', () => {
    const settings = { baseSeconds: 0.5, capSeconds: 3 };
    const waits = [0, 1, 50].map((tries) => judge(unavailable, { step: { tries }, settings }));
    expect(waits).toMatchObject([{ afterSeconds: 0.5 }, { afterSeconds: 1 }, { afterSeconds: 3 }]);
  });

  it('waits longer for a machine with which somebody else is busy', () => {
    const busy = new DrydockError('conflict', 'the machine is locked');
    expect(judge(busy, { step: { tries: 50 } })).toMatchObject({ kind: 'retry', afterSeconds: 60 });
  });

  it.each([
    ['a defect of ours, a third time', defect, { tries: 2 }, 'internal'],
    [
      'credentials that were refused, a third time',
      new DrydockError('unauthenticated', 'no'),
      { tries: 2 },
      'authentication',
    ],
    ['the last call', unavailable, { isLastCall: true }, 'unavailable'],
  ] as const)('ends the step: %s', (_case, error, step, errorClass) => {
    expect(judge(error, { step })).toMatchObject({ kind: 'end', end: 'failed', errorClass });
  });

  it.each([
    [{}, 'unavailable', 'the deadline passed; the last try said: no answer'],
    [
      { lastState: 'MAAS status: Deploying', lastStateSince: '2026-01-02 03:04:05 UTC' },
      'unavailable',
      'the deadline passed; the last try said: no answer; last known state: MAAS status: Deploying, since 2026-01-02 03:04:05 UTC',
    ],
    [
      { exhaustedBudget: 'bmc:10.0.0.1:443' },
      'budget_used_up',
      'the retry budget of bmc:10.0.0.1:443 is used up; the last try said: no answer',
    ],
  ])('says why it was the last, and what was seen last: %j', (step, errorClass, reason) => {
    expect(judge(unavailable, { step: { isLastCall: true, ...step } })).toMatchObject({ errorClass, reason });
  });

  it.each([
    ['a defect of ours', defect, { tries: 2 }],
    ['the last call', unavailable, { isLastCall: true, secondsLeft: -300 }],
  ] as const)('ends nothing while an effect is open: %s', (_case, error, step) => {
    expect(judge(error, { step, unsettledEffect: on })).toMatchObject({ kind: 'retry' });
  });

  it('ends with the effect unknown 300 s after the deadline', () => {
    const step = { isLastCall: true, secondsLeft: -301 };
    expect(judge(unavailable, { step, unsettledEffect: on })).toMatchObject({
      kind: 'end',
      end: 'failed',
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(/^power_on .* last: no answer$/),
    });
  });

  it('ends with the effect unknown 300 s after the task was asked to stop', () => {
    const step = { stopping: true, stoppingForSeconds: 301, secondsLeft: 2000 };
    expect(judge(unavailable, { step, unsettledEffect: on })).toMatchObject({ errorClass: 'effect_unknown' });
    expect(judge(unavailable, { step: { ...step, stoppingForSeconds: 299 }, unsettledEffect: on })).toMatchObject({
      kind: 'retry',
    });
  });
});

describe('a fault of the driver', () => {
  const fault = new DrydockError('driver_fault', 'progress that cannot be kept');

  it('fails the step at the first try, and names the driver', () => {
    expect(judge(fault, { step: { verb: 'deploy_node' } })).toMatchObject({
      kind: 'end',
      end: 'failed',
      errorClass: 'internal',
      reason: 'the node driver broke a rule in deploy_node: progress that cannot be kept',
    });
  });

  it('does not end the step while an effect is open', () => {
    expect(judge(fault, { unsettledEffect: on })).toMatchObject({ kind: 'retry', errorClass: 'internal' });
  });
});

it('what a newer version stored is left alone, also after the deadline', () => {
  const error = new DrydockError('format_unknown', 'the progress has format 2');
  expect(judge(error, { step: { isLastCall: true, secondsLeft: -9999 } })).toEqual({
    kind: 'leave',
    afterSeconds: 30,
    reason: 'the progress has format 2: the step is left to a worker of a newer version; start one',
  });
});
