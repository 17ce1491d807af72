import { expect, it } from '@jest/globals';
import type { Blocker } from './blocker.js';
import { explainTask } from './explain-task.js';
import type { TaskStand } from './task-stand.js';

const queued: TaskStand = {
  id: 't1',
  action: 'deploy_nodes',
  status: 'queued',
  lane: 'default',
  snapshotHash: null,
  startedAt: null,
  paused: null,
  lanePaused: null,
  stopping: null,
  isDriven: false,
  running: null,
  ahead: 0,
  schedulers: 1,
  workers: 1,
  slots: 20,
  now: 100,
};
const other = { id: 't0', action: 'prepare_site', status: 'running', startedAt: 50 } as const;
const busy = { reason: 'lane_busy', taskId: 't0', action: 'prepare_site', status: 'running', since: 50 } as const;
const by = { by: 'eve', since: 1 };

const cases: readonly [string, Partial<TaskStand>, readonly Blocker[]][] = [
  ['begins next', {}, [{ reason: 'ready' }]],
  ['is behind one that runs', { running: other }, [busy]],
  ['is behind others too', { running: other, ahead: 2 }, [busy, { reason: 'queue', ahead: 2 }]],
  ['is paused', { paused: by }, [{ reason: 'paused', what: 'task', ...by }]],
  ['is in a paused lane', { lanePaused: by }, [{ reason: 'paused', what: 'lane', ...by }]],
  ['has no scheduler', { schedulers: 0 }, [{ reason: 'no_scheduler' }]],
  ['runs', { status: 'running', isDriven: true }, []],
  [
    'runs and is paused',
    { status: 'running', isDriven: true, paused: by },
    [{ reason: 'paused', what: 'task', ...by }],
  ],
  ['lost its scheduler', { status: 'running' }, [{ reason: 'no_scheduler' }]],
  ['is being stopped', { status: 'terminating', isDriven: true, stopping: by }, [{ reason: 'stopping', ...by }]],
  ['has ended', { status: 'complete', paused: by }, []],
  ['was terminated', { status: 'terminated', stopping: by }, []],
];

it.each(cases)('a task that %s', (_case, change, blockers) => {
  expect(explainTask({ ...queued, ...change })).toEqual(blockers);
});
