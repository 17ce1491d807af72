import { describe, expect, it } from '@jest/globals';
import type { ShownStep } from '@drydock/model/db';
import { stepError } from './step-error.js';

const resting = {
  end: null,
  attempt: 1,
  maxAttempts: 4,
  triesTotal: 7,
  errorClass: 'unavailable',
  reason: 'the BMC does not answer',
  exhaustedBudget: null,
  notBefore: '2026-01-02 03:04:05.678901+00',
} as ShownStep;

const shown = {
  class: 'unavailable',
  reason: 'the BMC does not answer',
  attempt: 2,
  max_attempts: 4,
  tries: 7,
  used_up_budget: null,
  next_try: '2026-01-02 03:04:05.678901+00:00',
};

describe('what is wrong with a step', () => {
  it.each<[string, Partial<ShownStep>, object | null]>([
    ['is told with its next try while it is tried again', {}, shown],
    ['is told without one while it is tried', { notBefore: null }, { ...shown, next_try: null }],
    ['is told when it has failed', { end: 'failed', notBefore: null }, { ...shown, next_try: null }],
    [
      'names the budget that was used up',
      { end: 'failed', errorClass: 'budget_used_up', exhaustedBudget: 'node:east:n1' },
      { ...shown, class: 'budget_used_up', used_up_budget: 'node:east:n1', next_try: null },
    ],
    ['is nothing when it waits or went well', { errorClass: null }, null],
    ['is nothing when somebody terminated the task', { end: 'cancelled', errorClass: 'cancelled' }, null],
  ])('%s', (_case, facts, document) => {
    expect(stepError({ ...resting, ...facts })).toEqual(document);
  });
});
