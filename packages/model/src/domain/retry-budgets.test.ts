import { describe, expect, it } from '@jest/globals';
import { RetryBudgets, type RetryPolicy } from './retry-budgets.js';

const hour = 3_600_000;
const policy: RetryPolicy = {
  stepTries: 2,
  node: { tries: 3, refillPerHour: 6 },
  bmc: { tries: 1, refillPerHour: 0 },
};
const node = 'node:east:n1';
const bmc = 'bmc:10.0.0.1:443';

describe('retry budgets', () => {
  it('that nobody has used are full', () => {
    const budgets = new RetryBudgets([], policy, 0);
    expect([1, 2, 3, 4].map(() => budgets.spend([node]))).toEqual([null, null, null, node]);
    expect(budgets.spent()).toEqual([{ key: node, tokens: 0, refilledAt: 0 }]);
  });

  it.each([
    ['nothing comes back at once', 0, [node]],
    ['one comes back in its part of the hour', hour / 6, [null, node]],
    ['half of one pays for nothing', hour / 12, [node]],
    ['no more come back than fit', 10 * hour, [null, null, null, node]],
    ['a clock that was set back takes nothing away', -hour, [node]],
  ])('%s', (_case, passed, paid) => {
    const budgets = new RetryBudgets([{ key: node, tokens: 0, refilledAt: 50 * hour }], policy, 50 * hour + passed);
    expect(paid.map(() => budgets.spend([node]))).toEqual(paid);
  });

  it('take nothing anywhere when one of them is empty, and say which', () => {
    const budgets = new RetryBudgets([], policy, 0);
    expect(budgets.spend([node, bmc])).toBeNull();
    expect(budgets.spend([node, bmc])).toBe(bmc);
    expect(budgets.spent()).toEqual([
      { key: node, tokens: 2, refilledAt: 0 },
      { key: bmc, tokens: 0, refilledAt: 0 },
    ]);
  });

  it('end a step that threw too often in one attempt, and take nothing for it', () => {
    const budgets = new RetryBudgets([], policy, 0);
    expect(budgets.spendTry(2, [node])).toBeNull();
    expect(budgets.spendTry(3, [node])).toBe('the step');
    expect(budgets.spent()).toEqual([{ key: node, tokens: 2, refilledAt: 0 }]);
  });

  it('that were made smaller hold no more than they may now', () => {
    const budgets = new RetryBudgets([{ key: bmc, tokens: 100, refilledAt: 0 }], policy, 0);
    expect([budgets.spend([bmc]), budgets.spend([bmc])]).toEqual([null, bmc]);
  });
});
