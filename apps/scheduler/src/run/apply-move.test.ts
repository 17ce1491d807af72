import { describe, expect, it } from '@jest/globals';
import { defaultGroupLimits, type ErrorClass, groupsByNode, type PlannedStep, type StepEnd } from '@drydock/model';
import type { MovedStep } from '@drydock/model/db';
import { planners, stepLimits } from '@drydock/orchestrator';
import { movedStep, nodeFacts, plannedStep } from '../../test/plan-builders.js';
import { applyMove } from './apply-move.js';
import { CycleChanges } from './cycle-changes.js';
import { freshStep, type LiveStep, RunState } from './run-state.js';

const now = 1000;
const around = { now, random: () => 1, attemptBackoff: { baseSeconds: 5, factor: 2, capSeconds: 60 } };
const node = nodeFacts('n1', { oobType: 'redfish', bmcAddress: '10.0.0.1' });
const groupsOf = groupsByNode([node], 'east', defaultGroupLimits);
const deploy = planners.deploy_nodes([node], stepLimits()).steps;
const prepare = planners.prepare_nodes([node], stepLimits()).steps;
const bmc = 'bmc:10.0.0.1:443';

/** A run whose first ready step has been admitted, with a place in all its groups. */
class Run {
  readonly state = new RunState();

  constructor(steps: readonly PlannedStep[]) {
    for (const planned of steps) this.state.add(freshStep(`s${planned.key}`, planned, groupsOf(planned)));
    for (const key of this.state.progress.add(steps).ready) this.state.offer(this.step(key), 0);
    this.admit(0);
  }

  step(key: number): LiveStep {
    const step = this.state.steps.get(key);
    if (!step) throw new Error(`no step ${key}`);
    return step;
  }

  admit(key: number): void {
    const step = this.step(key);
    step.status = 'admitted';
    this.state.ready.remove(key);
    for (const need of step.groups) if (need.scope !== 'task') step.held.add(need.key);
    if (step.planned.nodeName !== null) this.state.heldNodes.add(step.planned.nodeName);
  }

  move(key: number, facts: Partial<MovedStep>): CycleChanges {
    const changes = new CycleChanges();
    applyMove(this.state, movedStep(key, facts), changes, around);
    return changes;
  }

  end(key: number, end: StepEnd, errorClass: ErrorClass | null = null): CycleChanges {
    return this.move(key, { end, errorClass });
  }

  get ready(): readonly number[] {
    return this.state.ready.take(99);
  }
}

/** A deployment whose first three steps have succeeded and whose fourth is admitted. */
function deploying(): Run {
  const run = new Run(deploy);
  for (const key of [0, 1, 2]) {
    run.end(key, 'succeeded');
    run.admit(key + 1);
  }
  return run;
}

describe('a step that ended', () => {
  it('gives back all that it holds, is counted, and makes the next one ready', () => {
    const run = new Run(deploy);
    const changes = run.end(0, 'succeeded');
    expect(changes.released()).toEqual({ endedStepIds: ['s0'], restingStepIds: [], nodeNames: [] });
    expect(changes.stageChanges()).toEqual([expect.objectContaining({ verb: 'apply_node_networking', succeeded: 1 })]);
    expect([run.step(0).status, run.step(0).held.size, run.ready]).toEqual(['ended', 0, [1]]);
    expect(run.step(1).readySince).toBe(now);
  });

  it('frees its node only with its last step', () => {
    const run = deploying();
    expect(run.state.heldNodes).toEqual(new Set(['n1']));
    expect(run.end(3, 'succeeded').freedNodes).toEqual(['n1']);
    expect([run.state.heldNodes.size, run.state.isOver]).toEqual([0, true]);
  });

  it.each([
    ['succeeded', [4], [1, 2, 3]],
    ['absent', [1], []],
    ['failed', [], [1, 2, 3, 4]],
    ['cancelled', [], [1, 2, 3, 4]],
  ] as const)('as %s lets the plan go where its edges say', (end, ready, skipped) => {
    const run = new Run(prepare);
    const changes = run.end(0, end);
    expect([run.ready, changes.skippedStepIds]).toEqual([ready, skipped.map((key) => `s${key}`)]);
    expect(changes.stageChanges().filter(({ skipped: count }) => count === 1)).toHaveLength(skipped.length);
  });

  it('makes room for those who were parked for want of it', () => {
    const run = new Run([plannedStep(0, { verb: 'set_node_boot' }), plannedStep(1, { verb: 'set_node_boot' })]);
    run.state.ready.park({ key: 1, readySince: 0, isHolding: false }, bmc);
    expect(run.ready).toEqual([]);
    run.end(0, 'succeeded');
    expect(run.ready).toEqual([1]);
  });

  it('without a word how counts as failed', () => {
    const run = new Run(deploy);
    run.move(0, { end: null });
    expect(run.step(0).end).toBe('failed');
  });
});

describe('a step that failed', () => {
  it('is tried again from where its verb says, later, and keeps its node', () => {
    const run = deploying();
    const changes = run.end(3, 'failed', 'machine_failed');
    expect(changes.fresh).toEqual([{ steps: expect.any(Array), delaySeconds: 5 }]);
    expect(changes.fresh[0]?.steps.map(({ key, verb, attempt }) => [key, verb, attempt])).toEqual([
      [4, 'apply_node_networking', 1],
      [5, 'apply_node_storage', 1],
      [6, 'apply_node_platform', 1],
      [7, 'deploy_node', 1],
    ]);
    expect([changes.freedNodes, [...run.state.heldNodes]]).toEqual([[], ['n1']]);
  });

  it.each([
    ['its class says that trying does not help', 'not_owned', false],
    ['it has no class', null, false],
    ['its task was terminated', 'machine_failed', true],
    ['the effect is unknown', 'effect_unknown', false],
  ] as const)('is not tried again when %s', (_case, errorClass, isTerminated) => {
    const run = deploying();
    if (isTerminated) run.state.stop(0);
    const changes = run.end(3, 'failed', errorClass);
    expect([changes.fresh, changes.freedNodes]).toEqual([[], ['n1']]);
  });

  it.each([
    ['shuts the groups of its machine when nobody knows what it did', 'effect_unknown', [bmc, 'node:east:n1']],
    ['shuts nothing when that is known', 'machine_failed', []],
    ['shuts nothing when its workers died and no effect was open', 'worker_died', []],
  ] as const)('%s', (_case, errorClass, shut) => {
    expect([...deploying().end(3, 'failed', errorClass).shutGroups].sort()).toEqual(shut);
  });

  it('is not tried again after its last attempt', () => {
    const run = new Run([plannedStep(0, { verb: 'destroy_node', attempt: 3, maxAttempts: 4 })]);
    expect(run.end(0, 'failed', 'timeout').fresh).toEqual([]);
  });

  it('gives fresh steps keys of their own, also beside others of the same cycle', () => {
    const two = [0, 1].map((key) => plannedStep(key, { verb: 'destroy_node', nodeName: `n${key}`, maxAttempts: 4 }));
    const run = new Run(two);
    run.admit(1);
    const changes = new CycleChanges();
    for (const key of [0, 1]) {
      applyMove(run.state, movedStep(key, { end: 'failed', errorClass: 'timeout' }), changes, around);
    }
    expect(changes.fresh.flatMap(({ steps }) => steps.map(({ key }) => key))).toEqual([2, 3]);
  });

  it('waits longer before each attempt, up to the cap', () => {
    const delays = [0, 1, 2, 9].map((attempt) => {
      const run = new Run([plannedStep(0, { verb: 'destroy_node', attempt, maxAttempts: 99 })]);
      return run.end(0, 'failed', 'timeout').fresh[0]?.delaySeconds;
    });
    expect(delays).toEqual([5, 10, 20, 60]);
  });
});

describe('a step that waits', () => {
  it('gives back the places of a call and keeps the others', () => {
    const run = deploying();
    const changes = run.move(3, { status: 'waiting', wakeMs: 1500 });
    expect(changes.released()).toEqual({ endedStepIds: [], restingStepIds: ['s3'], nodeNames: [] });
    expect([...run.step(3).held].sort()).toEqual([bmc, 'deploy:east']);
    expect([run.step(3).status, run.ready, run.state.timers.nextAt]).toEqual(['waiting', [], 1500]);
  });

  it.each([
    ['when the database says', 9000],
    ['by no clock, when only an observer wakes it', null],
  ])('comes due %s', (_case, nextAt) => {
    const run = deploying();
    run.move(3, { status: 'waiting', wakeMs: nextAt });
    expect(run.state.timers.nextAt).toBe(nextAt);
  });
});

describe('a step that is pending again', () => {
  it.each([
    ['at once', null, [3], null],
    ['after its pause', 1500, [], 1500],
  ])(
    'is offered %s, with its lasting places and its first time of being ready',
    (_case, notBeforeMs, ready, nextAt) => {
      const run = deploying();
      run.step(3).readySince = 7;
      run.move(3, { status: 'pending', notBeforeMs });
      expect([run.step(3).status, run.ready, run.state.timers.nextAt]).toEqual(['pending', ready, nextAt]);
      expect([[...run.step(3).held].sort(), run.step(3).readySince]).toEqual([[bmc, 'deploy:east'], 7]);
    },
  );
});

describe('a move that tells nothing new', () => {
  const untouched = { endedStepIds: [], restingStepIds: [], nodeNames: [] };

  it.each([
    ['an end that is repeated', { end: 'succeeded' }],
    ['an end that contradicts the first', { end: 'failed', errorClass: 'timeout' }],
    ['a wait after the end', { status: 'waiting', wakeMs: 1500 }],
    ['a retry after the end', { status: 'pending' }],
  ] as const)('changes nothing: %s', (_case, facts) => {
    const run = new Run(deploy);
    run.end(0, 'succeeded');
    const changes = run.move(0, facts);
    expect([changes.released(), changes.stageChanges(), changes.fresh]).toEqual([untouched, [], []]);
    expect([run.step(0).end, run.ready]).toEqual(['succeeded', [1]]);
  });

  it.each(['admitted', 'running'] as const)('changes nothing: it is %s by now', (status) => {
    const run = new Run(deploy);
    const held = [...run.step(0).held];
    const changes = run.move(0, { status });
    expect([changes.hasReleases, [...run.step(0).held], run.ready]).toEqual([false, held, []]);
  });

  it('changes nothing: nobody knows the step', () => {
    expect(new Run(deploy).end(99, 'succeeded').hasReleases).toBe(false);
  });

  it('gives the places of a call back once, however often it waits', () => {
    const run = deploying();
    run.move(3, { status: 'waiting', wakeMs: 1500 });
    expect(run.move(3, { status: 'waiting', wakeMs: 1600 }).hasReleases).toBe(false);
  });
});
