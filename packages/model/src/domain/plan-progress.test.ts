import { describe, expect, it } from '@jest/globals';
import { PlanProgress } from './plan-progress.js';
import type { Need, PlannedStep } from './step.js';

const planned = (key: number, needs: readonly Need[] = [], join: 'all' | 'any' = 'all'): PlannedStep => ({
  key,
  verb: 'noop',
  nodeName: 'n1',
  needs,
  join,
  attempt: 0,
  maxAttempts: 1,
  retryFrom: null,
  deadlineSeconds: 60,
});
const ok = (step: number): Need => ({ step, ended: 'succeeded' });
const absent = (step: number): Need => ({ step, ended: 'absent' });

/** look 0 → boot 1 (absent) → cycle 2 → identify 3; commission 4 after 0 or 3. */
const prepare = [
  planned(0),
  planned(1, [absent(0)]),
  planned(2, [ok(1)]),
  planned(3, [ok(2)]),
  planned(4, [ok(0), ok(3)], 'any'),
];

describe('advancing a plan', () => {
  it('starts with the steps that need nothing', () => {
    expect(new PlanProgress().add(prepare)).toEqual({ ready: [0], skipped: [] });
  });

  it('never touches the power of a node that is known: the whole branch is skipped and the node goes on', () => {
    const progress = new PlanProgress();
    progress.add(prepare);
    expect(progress.end(0, 'succeeded')).toEqual({ ready: [4], skipped: [1, 2, 3] });
  });

  it('takes the other branch for a node that is absent', () => {
    const progress = new PlanProgress();
    progress.add(prepare);
    expect(progress.end(0, 'absent')).toEqual({ ready: [1], skipped: [] });
    expect(progress.end(1, 'succeeded').ready).toEqual([2]);
    expect(progress.end(2, 'succeeded').ready).toEqual([3]);
    expect(progress.end(3, 'succeeded').ready).toEqual([4]);
  });

  it('skips everything behind a look-up that failed: not found out is neither known nor absent', () => {
    const progress = new PlanProgress();
    progress.add(prepare);
    expect(progress.end(0, 'failed')).toEqual({ ready: [], skipped: [1, 2, 3, 4] });
  });

  it('takes a repeated end for nothing', () => {
    const progress = new PlanProgress();
    progress.add(prepare);
    progress.end(0, 'absent');
    expect(progress.end(0, 'succeeded')).toEqual({ ready: [], skipped: [] });
    expect(progress.endOf(0)).toBe('absent');
  });

  it('weighs a new attempt against what ended before it was added', () => {
    const progress = new PlanProgress();
    progress.add([planned(0), planned(1, [ok(0)])]);
    progress.end(0, 'succeeded');
    progress.end(1, 'failed');
    expect(progress.add([planned(2, [ok(0)]), planned(3, [ok(2)])])).toEqual({ ready: [2], skipped: [] });
  });

  it('waits for all needs where all are asked for', () => {
    const progress = new PlanProgress();
    progress.add([planned(0), planned(1), planned(2, [ok(0), ok(1)])]);
    expect(progress.end(0, 'succeeded').ready).toEqual([]);
    expect(progress.end(1, 'succeeded').ready).toEqual([2]);
  });
});
