import type { Blocker } from './blocker.js';
import type { TaskStand } from './task-stand.js';

/** What keeps a task as a whole from going on: one that is queued from beginning, one that runs from moving. */
export function explainTask(task: TaskStand): readonly Blocker[] {
  if (task.status === 'complete' || task.status === 'terminated') return [];
  if (task.status === 'running' || task.status === 'terminating') {
    return [...stopping(task), ...holdsAdmission(task)];
  }
  const { running, ahead, schedulers } = task;
  const blockers: readonly Blocker[] = [
    ...paused(task),
    ...(running ? [laneBusy(running)] : []),
    ...(ahead > 0 ? [{ reason: 'queue', ahead } as const] : []),
    ...(schedulers > 0 ? [] : [{ reason: 'no_scheduler' } as const]),
  ];
  return blockers.length > 0 ? blockers : [{ reason: 'ready' }];
}

/** What keeps the steps of a task that have not begun from being admitted, whatever they are. */
export function holdsAdmission(task: TaskStand): readonly Blocker[] {
  return [...paused(task), ...undriven(task)];
}

/** Nobody alive has its run. */
export function undriven({ isDriven }: TaskStand): readonly Blocker[] {
  return isDriven ? [] : [{ reason: 'no_scheduler' }];
}

export function stopping({ stopping: stop }: TaskStand): readonly Blocker[] {
  return stop ? [{ reason: 'stopping', ...stop }] : [];
}

function paused(task: TaskStand): readonly Blocker[] {
  return [
    ...(task.paused ? [{ reason: 'paused', what: 'task', ...task.paused } as const] : []),
    ...(task.lanePaused ? [{ reason: 'paused', what: 'lane', ...task.lanePaused } as const] : []),
  ];
}

function laneBusy({ id, action, status, startedAt }: NonNullable<TaskStand['running']>): Blocker {
  return { reason: 'lane_busy', taskId: id, action, status, since: startedAt };
}
