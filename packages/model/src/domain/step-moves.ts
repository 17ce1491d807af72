export type StepStatus = 'pending' | 'admitted' | 'running' | 'waiting' | 'ended';
export type StepEvent = 'admit' | 'skip' | 'cancel' | 'overdue' | 'claim' | 'end' | 'wait' | 'retry' | 'lose' | 'due';

/**
 * The life of a step. It is pending until its needs are met and every group has room, admitted when it has its places,
 * running while a worker holds its lease, waiting while the machine does something that takes long, ended for ever.
 */
export const stepMoves = {
  pending: { admit: 'admitted', skip: 'ended', cancel: 'ended', overdue: 'ended' },
  admitted: { claim: 'running', cancel: 'ended', overdue: 'ended' },
  running: { end: 'ended', wait: 'waiting', retry: 'pending', lose: 'admitted', overdue: 'ended' },
  waiting: { due: 'pending', cancel: 'ended' },
  ended: {},
} as const satisfies Record<StepStatus, Partial<Record<StepEvent, StepStatus>>>;
