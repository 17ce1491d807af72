import { describe, expect, it } from '@jest/globals';
import { admit } from '../groups/admit.js';
import { defaultGroupLimits } from '../groups/group-limits.js';
import type { GroupState } from '../groups/group-state.js';
import { groupsByNode } from '../groups/groups-by-node.js';
import { explainStep, type IdleStep, type NeededStep, type StepFacts } from './explain-step.js';
import type { TaskStand } from './task-stand.js';

const now = 1_000_000;
const task: TaskStand = {
  id: 't1',
  action: 'deploy_nodes',
  status: 'running',
  lane: 'default',
  snapshotHash: 'h',
  startedAt: now - 60_000,
  paused: null,
  lanePaused: null,
  stopping: null,
  isDriven: true,
  running: null,
  ahead: 0,
  schedulers: 1,
  workers: 2,
  slots: 40,
  now,
};
const step: IdleStep = {
  id: 's9',
  key: 9,
  verb: 'deploy_node',
  nodeName: 'n1',
  status: 'pending',
  needs: [{ step: 8, ended: 'succeeded' }],
  join: 'all',
  attempt: 0,
  tries: 0,
  rings: 1,
  rangAt: null,
  readySince: null,
  hasBegun: false,
  notBefore: null,
  deadlineAt: null,
  updatedAt: null,
  observeSource: null,
  observeKey: null,
  errorClass: null,
  error: null,
  isStopping: false,
};
const platform: NeededStep = {
  id: 's8',
  key: 8,
  verb: 'apply_node_platform',
  nodeName: 'n1',
  status: 'ended',
  end: 'succeeded',
  endedAt: now - 5000,
};
const running = { ...platform, status: 'running', end: null, endedAt: null } as const;
const facts: StepFacts = {
  task,
  needed: new Map([[8, platform]]),
  groupsOf: groupsByNode(
    [{ name: 'n1', rack: 'r1', oobType: 'redfish', bmcAddress: '10.0.0.1', bmcPort: null }],
    'east',
    defaultGroupLimits,
  ),
  groups: new Map(),
  holders: new Map(),
  ownPlaces: new Map(),
  ownNodes: new Set(),
  lastFailures: new Map(),
};

const openDoor = { doorSince: null, doorIsHolding: false, doorSeenAt: null };

function group(key: string, change: Partial<GroupState> = {}): ReadonlyMap<string, GroupState> {
  const free = { held: 0, spacingMilliseconds: 0, rampPerMinute: 0, rampTokens: 0, lastAdmittedAt: null };
  return new Map([[key, { key, limit: 1, ...free, closedUntil: null, ...openDoor, ...change }]]);
}

const explain = (change: Partial<IdleStep> = {}, more: Partial<StepFacts> = {}) =>
  explainStep({ ...step, ...change }, { ...facts, ...more });
const withTask = (change: Partial<TaskStand>) => ({ task: { ...task, ...change } });

describe('a pending step', () => {
  it('waits for the step that it needs, and for nothing else that may lack too', () => {
    const groups = group('node:east:n1', { held: 1 });
    expect(explain({}, { needed: new Map([[8, running]]), groups })).toEqual([
      {
        reason: 'need',
        stepId: 's8',
        verb: 'apply_node_platform',
        nodeName: 'n1',
        status: 'running',
        wanted: 'succeeded',
      },
    ]);
  });

  it.each([
    ['all of its needs', 'all', ['s8']],
    ['any of its needs, one of which is met', 'any', []],
  ] as const)('that waits for %s', (_case, join, waitedFor) => {
    const needs = [
      { step: 7, ended: 'absent' },
      { step: 8, ended: 'succeeded' },
    ] as const;
    const needed = new Map<number, NeededStep>([
      [7, { ...platform, key: 7, id: 's7', end: 'absent' }],
      [8, running],
    ]);
    const found = explain({ needs, join }, { needed });
    expect(found.flatMap((one) => (one.reason === 'need' ? [one.stepId] : []))).toEqual(waitedFor);
  });

  it('that was ready once does not lose it', () => {
    expect(explain({ readySince: now - 1 }, { needed: new Map([[8, running]]) })).toEqual([{ reason: 'ready' }]);
  });

  const holders = [{ taskId: 't2', stepId: 's1', verb: 'deploy_node', nodeName: 'n9', since: now - 9 }] as const;
  const taken = { key: 'deploy:east', limit: 30, held: 30 };
  it.each([
    [
      'a group is full',
      group('deploy:east', taken),
      { reason: 'group', group: 'deploy:east', scope: 'step', limit: 30, held: 30, weight: 1, holders },
    ],
    [
      'a group is shut',
      group('node:east:n1', { closedUntil: now + 1000, held: 1 }),
      { reason: 'group_shut', group: 'node:east:n1', until: now + 1000 },
    ],
    [
      'a group is spaced',
      group('bmc:10.0.0.1:443', { lastAdmittedAt: now - 1000, spacingMilliseconds: 5000 }),
      { reason: 'group_spaced', group: 'bmc:10.0.0.1:443', until: now + 4000 },
    ],
    [
      'a group is ramped',
      group('deploy:east', { limit: 30, lastAdmittedAt: now, rampPerMinute: 30 }),
      { reason: 'group_ramped', group: 'deploy:east', until: now + 2000 },
    ],
    [
      'an older step stands at the door',
      group('deploy:east', { limit: 30, doorSince: now - 40_000, doorSeenAt: now - 1000 }),
      { reason: 'door', group: 'deploy:east', since: now - 40_000 },
    ],
  ])('is not admitted when %s', (_case, groups, blocker) => {
    expect(explain({}, { groups, holders: new Map([['deploy:east', holders]]) })).toEqual([blocker]);
  });

  it('names every group that lacks room, as admission would refuse it', () => {
    const groups = new Map([...group('node:east:n1', { held: 1 }), ...group('deploy:east', taken)]);
    expect(explain({}, { groups }).map((one) => 'group' in one && one.group)).toEqual(['node:east:n1', 'deploy:east']);
    const candidate = { id: 's9', readySince: now, needs: facts.groupsOf(step), isHolding: false, company: new Map() };
    expect(admit([candidate], groups, { now, doorAfterMilliseconds: 30_000 }).admitted).toEqual([]);
  });

  it.each([
    ['places of its own are not in its way', { ownPlaces: new Map([['s9', new Set(['bmc:10.0.0.1:443'])]]) }],
    ['a closed door is not in the way of one that holds a place', { ownNodes: new Set(['n1']) }],
  ])('%s', (_case, own) => {
    const groups = new Map([
      ...('ownPlaces' in own ? group('bmc:10.0.0.1:443', { held: 1 }) : group('node:east:n1', { held: 1 })),
      ...group('deploy:east', { limit: 30, doorSince: now - 40_000, doorSeenAt: now }),
    ]);
    expect(explain({}, { groups, ...own })).toEqual([{ reason: 'ready' }]);
  });

  it('is tried again after a while when a call could not find out', () => {
    const notBefore = now + 500;
    const change = { readySince: 1, notBefore, tries: 3, errorClass: 'unavailable', error: 'no answer' } as const;
    expect(explain(change, { groups: group('node:east:n1', { held: 1 }) })).toEqual([
      { reason: 'backoff', until: notBefore, attempt: 0, tries: 3, errorClass: 'unavailable', error: 'no answer' },
    ]);
    expect(explain({ ...change, notBefore: now })).toEqual([{ reason: 'ready' }]);
  });

  it('of a new attempt says why the attempt before it failed', () => {
    const lastFailures = new Map([['n1', { errorClass: 'machine_failed', error: 'no disk' }]] as const);
    expect(explain({ attempt: 1, notBefore: now + 1 }, { lastFailures })).toEqual([
      { reason: 'backoff', until: now + 1, attempt: 1, tries: 0, errorClass: 'machine_failed', error: 'no disk' },
    ]);
  });

  it.each([
    [
      'the task is paused',
      { paused: { by: 'eve', since: 1 } },
      { reason: 'paused', what: 'task', by: 'eve', since: 1 },
    ],
    [
      'the lane is paused',
      { lanePaused: { by: null, since: 2 } },
      { reason: 'paused', what: 'lane', by: null, since: 2 },
    ],
    ['nobody drives the task', { isDriven: false }, { reason: 'no_scheduler' }],
    ['the task is stopped', { stopping: { by: 'eve', since: 3 } }, { reason: 'stopping', by: 'eve', since: 3 }],
  ] as const)('does not go on when %s', (_case, change, blocker) => {
    expect(explain({}, withTask(change))).toEqual([blocker]);
  });

  it('that has begun goes on although the task is paused', () => {
    expect(explain({ hasBegun: true }, withTask({ paused: { by: 'eve', since: 1 } }))).toEqual([{ reason: 'ready' }]);
  });

  it('of a stopped task that must settle something shows what is in its way', () => {
    const groups = group('site:east', { held: 1 });
    const found = explain({ isStopping: true }, { ...withTask({ stopping: { by: null, since: 3 } }), groups });
    expect(found.map(({ reason }) => reason)).toEqual(['stopping', 'group']);
  });

  it('that nothing keeps is ready', () => {
    expect(explain()).toEqual([{ reason: 'ready' }]);
  });
});

describe('a step that was admitted', () => {
  it('waits for one of the workers that live', () => {
    expect(explain({ status: 'admitted', rangAt: now - 100, rings: 3 })).toEqual([
      { reason: 'unclaimed', since: now - 100, rings: 3, workers: 2, slots: 40 },
    ]);
  });
});

describe('a waiting step', () => {
  it.each([
    [
      'for an observer, and for its deadline',
      { observeSource: 'maas:default', observeKey: 'system/1', updatedAt: 7, deadlineAt: now + 10 },
      [
        { reason: 'observed', source: 'maas:default', key: 'system/1', since: 7 },
        { reason: 'deadline', until: now + 10 },
      ],
    ],
    ['for a moment', { notBefore: now + 5, deadlineAt: now - 1 }, [{ reason: 'until', until: now + 5 }]],
  ])('waits %s', (_case, change, blockers) => {
    expect(explain({ status: 'waiting', ...change })).toEqual(blockers);
  });
});
