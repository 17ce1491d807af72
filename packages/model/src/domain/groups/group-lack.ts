import { comesBefore, type Standing } from './comes-before.js';
import type { Candidate, GroupState } from './group-state.js';
import type { GroupNeed } from './group.js';

/**
 * Why a group has no place for a step. shut: after an effect that nobody knows. full: its places are taken.
 * spaced: too soon after the last one. ramped: too many in a short time. door: a step that comes first lacked room here
 * for long, and others let it go first. Moments are milliseconds of the database's clock.
 */
export type GroupLack =
  | { readonly kind: 'shut' | 'spaced' | 'ramped'; readonly until: number }
  | { readonly kind: 'full' }
  | { readonly kind: 'door'; readonly since: number };

interface Asking {
  readonly candidate: Pick<Candidate, 'readySince' | 'isHolding'>;
  readonly now: number;
}

/** Whoever keeps a door shut is considered again every second. */
const doorLastsMilliseconds = 5000;

/** What keeps the candidate out of the group at this moment; null: nothing. */
export function lackIn(group: GroupState, need: GroupNeed, { candidate, now }: Asking): GroupLack | null {
  return lackOfRoom(group, need, now) ?? doorAgainst(group, { candidate, now });
}

/** The same, doors aside. */
export function lackOfRoom(group: GroupState, need: GroupNeed, now: number): GroupLack | null {
  const lock = timeLock(group, now);
  if (lock?.kind === 'shut') return lock;
  return group.held + need.weight > group.limit ? { kind: 'full' } : lock;
}

/** When time alone opens a group that is shut, spaced or ramped; null: it is open as far as time goes. */
export function opensAt(group: GroupState, now: number): number | null {
  return timeLock(group, now)?.until ?? null;
}

/** The step that waits behind the group's door; null: it is open. */
export function doorKeeper(group: GroupState, now: number): Standing | null {
  const isFresh = group.doorSeenAt !== null && now - group.doorSeenAt <= doorLastsMilliseconds;
  if (!isFresh || group.doorSince === null) return null;
  return { readySince: group.doorSince, isHolding: group.doorIsHolding };
}

/** A bucket of one minute's worth that refills evenly. */
export function tokensAt(group: GroupState, now: number): number {
  if (group.rampPerMinute === 0 || group.lastAdmittedAt === null) return group.rampPerMinute;
  const refilled = ((now - group.lastAdmittedAt) * group.rampPerMinute) / 60_000;
  return Math.min(group.rampPerMinute, group.rampTokens + refilled);
}

function timeLock(group: GroupState, now: number): Extract<GroupLack, { readonly until: number }> | null {
  if (group.closedUntil !== null && group.closedUntil > now) return { kind: 'shut', until: group.closedUntil };
  if (group.lastAdmittedAt === null) return null;
  const spacedAt = group.lastAdmittedAt + group.spacingMilliseconds;
  if (spacedAt > now) return { kind: 'spaced', until: spacedAt };
  const tokens = tokensAt(group, now);
  if (group.rampPerMinute === 0 || tokens >= 1) return null;
  return { kind: 'ramped', until: now + ((1 - tokens) * 60_000) / group.rampPerMinute };
}

function doorAgainst(group: GroupState, { candidate, now }: Asking): GroupLack | null {
  const keeper = doorKeeper(group, now);
  return keeper !== null && comesBefore(keeper, candidate) ? { kind: 'door', since: keeper.readySince } : null;
}
