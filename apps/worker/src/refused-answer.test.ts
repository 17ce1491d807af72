import { expect, it } from '@jest/globals';
import type { StepOutcome } from '@drydock/model';
import { claimedStep } from '../test/claimed-step.js';
import { refusedAnswer } from './refused-answer.js';

const effect = { kind: 'deploy', systemId: 'abc' };
const step = claimedStep({ verb: 'deploy_node' });
const said = { notes: [] };
const outcomes = {
  done: { kind: 'done', ...said },
  absent: { kind: 'absent', ...said },
  failed: { kind: 'failed', reason: 'no disk', errorClass: 'conflict', ...said },
  waiting: { kind: 'waiting', wake: { afterSeconds: 1 }, progress: { format: 1 }, ...said },
} as const satisfies Record<StepOutcome['kind'], StepOutcome>;

it.each(['done', 'absent', 'failed'] as const)('%s is no answer while an effect is open', (kind) => {
  const refusal = refusedAnswer(outcomes[kind], step, effect);
  expect(refusal).toContain(`the node driver answered "${kind}"`);
  expect(refusal).toContain('to deploy_node while its effect {"kind":"deploy","systemId":"abc"} is not settled');
});

it('a refused failure still says why the driver failed', () => {
  expect(refusedAnswer(outcomes.failed, step, effect)).toContain('(no disk)');
});

it('waiting is one', () => {
  expect(refusedAnswer(outcomes.waiting, step, effect)).toBeNull();
});

it.each(Object.entries(outcomes))('%s is one when nothing is open', (_kind, outcome) => {
  expect(refusedAnswer(outcome, step, null)).toBeNull();
});
