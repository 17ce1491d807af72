import { describe, expect, it } from '@jest/globals';
import { DrydockError, type ErrorClass, type ErrorCode } from '@drydock/model';
import type { ClaimedStep } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { judgeError } from './judge-error.js';

const living = new AbortController().signal;
const timedOut = AbortSignal.abort();
const defect = new TypeError('undefined is not a function');

interface Facts {
  readonly step?: Partial<ClaimedStep>;
  readonly signal?: AbortSignal;
  readonly isEffectOpen?: boolean;
  readonly random?: number;
}

function judge(error: unknown, { step, signal = living, isEffectOpen = false, random = 1 }: Facts = {}) {
  return judgeError(error, claimedStep(step), { signal, isEffectOpen }, random);
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

  it.each([
    ['a defect of ours, a third time', defect, { tries: 2 }, 'internal'],
    ['the last call', unavailable, { isLastCall: true }, 'unavailable'],
  ] as const)('ends the step: %s', (_case, error, step, errorClass) => {
    expect(judge(error, { step })).toMatchObject({ kind: 'end', end: 'failed', errorClass });
  });

  it.each([
    ['a defect of ours', defect, { tries: 2 }],
    ['the last call', unavailable, { isLastCall: true, secondsLeft: -300 }],
  ] as const)('ends nothing while an effect is open: %s', (_case, error, step) => {
    expect(judge(error, { step, isEffectOpen: true })).toMatchObject({ kind: 'retry' });
  });

  it('ends with the effect unknown 300 s after the deadline', () => {
    const step = { isLastCall: true, secondsLeft: -301, openEffect: { kind: 'power_on' } };
    expect(judge(unavailable, { step, isEffectOpen: true })).toMatchObject({
      kind: 'end',
      end: 'failed',
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(/^power_on .* last: no answer$/),
    });
  });
});
