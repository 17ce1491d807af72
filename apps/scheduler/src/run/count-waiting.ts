import { groupKind } from '@drydock/model';
import { pausedLot } from './admit-ready.js';
import type { RunState } from './run-state.js';

/**
 * Why a step is not with a worker. need: a step before it has not ended. backoff: it is tried again later. machine: its
 * driver waits for the machine, by the clock or an observer. group: a concurrency group has no room. paused: its task or
 * its lane is. ready: it is considered in the next cycle.
 */
export type WaitingReason = 'need' | 'backoff' | 'machine' | 'group' | 'paused' | 'ready';

export interface WaitingCount {
  readonly reason: WaitingReason;
  /** Kind of group; empty for every other reason. */
  readonly group: string;
  readonly count: number;
}

/** What the steps of a run wait for, as its scheduler knows it: no statement is needed for it. */
export function countWaiting(state: RunState): readonly WaitingCount[] {
  const counts = new Map<string, WaitingCount>();
  const add = (reason: WaitingReason, count: number, group = ''): void => {
    const key = `${reason} ${group}`;
    counts.set(key, { reason, group, count: (counts.get(key)?.count ?? 0) + count });
  };
  for (const step of state.steps.values()) {
    if (step.status === 'waiting') add('machine', 1);
    if (step.status !== 'pending') continue;
    if (step.notBefore !== null) add('backoff', 1);
    else if (step.readySince === null) add('need', 1);
  }
  if (state.ready.unparkedCount > 0) add('ready', state.ready.unparkedCount);
  for (const [lot, count] of state.ready.parkedCounts()) {
    if (lot === pausedLot) add('paused', count);
    else add('group', count, groupKind(lot));
  }
  return [...counts.values()];
}
