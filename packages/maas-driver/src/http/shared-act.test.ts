import { expect, test } from '@jest/globals';
import { createSharedAct } from './shared-act.js';

test('callers at the same time share one act, also its failure, and a later one acts again', async () => {
  const shared = createSharedAct();
  let acts = 0;
  const act = async (): Promise<void> => {
    acts += 1;
    if (acts === 1) throw new Error('refused');
  };
  const both = [shared.run('a', act), shared.run('a', act)];
  await expect(both[0]).rejects.toThrow('refused');
  await expect(both[1]).rejects.toThrow('refused');
  await Promise.all([shared.run('a', act), shared.run('b', act)]);
  expect(acts).toBe(3);
});
