export type TaskStatus = 'requested' | 'queued' | 'running' | 'terminating' | 'terminated' | 'complete';
export type TaskEvent = 'enqueue' | 'start' | 'finish' | 'terminate';

/** The life of a task. Nothing else moves one. */
export const taskMoves = {
  requested: { enqueue: 'queued', terminate: 'terminated' },
  queued: { start: 'running', terminate: 'terminated' },
  running: { finish: 'complete', terminate: 'terminating' },
  terminating: { finish: 'terminated' },
  terminated: {},
  complete: {},
} as const satisfies Record<TaskStatus, Partial<Record<TaskEvent, TaskStatus>>>;
