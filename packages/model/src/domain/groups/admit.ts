import type { GroupNeed } from './group.js';

/** A group as its row says, in milliseconds of the database's clock. */
export interface GroupState {
  readonly key: string;
  readonly limit: number;
  held: number;
  readonly spacingMilliseconds: number;
  readonly rampPerMinute: number;
  rampTokens: number;
  lastAdmittedAt: number | null;
  readonly closedUntil: number | null;
  doorSince: number | null;
  /** When the step behind the door was last seen waiting: a door whose step has gone opens by itself. */
  doorSeenAt: number | null;
}

export interface Candidate {
  readonly id: string;
  readonly readySince: number;
  /** The groups in which it has no place yet. */
  readonly needs: readonly GroupNeed[];
  /** It already has a `step` or `task` place: no door stops it, and it comes first. */
  readonly isHolding: boolean;
}

export interface Refusal {
  readonly candidate: Candidate;
  readonly group: string;
  /** When time alone may make room; null: only when somebody gives back. */
  readonly until: number | null;
}

export interface Admission {
  readonly admitted: readonly Candidate[];
  readonly refused: readonly Refusal[];
  /** Keys of the groups whose state changed. */
  readonly touched: ReadonlySet<string>;
}

/** After this long a step keeps younger ones out of the groups that lacked room for it. */
const doorAfterMilliseconds = 30_000;
/** Whoever keeps a door shut is considered again every second. */
const doorLastsMilliseconds = 5000;

/**
 * One admission decision: who gets places in all of its groups. Changes the given group states; nothing else.
 * A limit is never exceeded because the caller holds the one lock under which states are read and written.
 */
export function admit(
  candidates: readonly Candidate[],
  groups: ReadonlyMap<string, GroupState>,
  now: number,
): Admission {
  const admitted: Candidate[] = [];
  const refused: Refusal[] = [];
  const touched = new Set<string>();
  for (const candidate of inOrder(candidates)) {
    const refusal = firstRefusal(candidate, groups, now);
    if (refusal) {
      refused.push(refusal);
      if (now - candidate.readySince >= doorAfterMilliseconds) closeDoors(candidate, groups, now, touched);
      continue;
    }
    take(candidate, groups, now, touched);
    admitted.push(candidate);
  }
  return { admitted, refused, touched };
}

function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (left, right) => Number(right.isHolding) - Number(left.isHolding) || left.readySince - right.readySince,
  );
}

function firstRefusal(candidate: Candidate, groups: ReadonlyMap<string, GroupState>, now: number): Refusal | null {
  for (const need of candidate.needs) {
    const group = groups.get(need.key);
    if (!group) return { candidate, group: need.key, until: null };
    const lack = lackOfRoom(need, group, now) ?? doorAgainst(candidate, group, now);
    if (lack) return { candidate, group: need.key, until: lack.until };
  }
  return null;
}

interface Lack {
  readonly until: number | null;
}

function lackOfRoom(need: GroupNeed, group: GroupState, now: number): Lack | null {
  const until = opensAt(group, now);
  if (group.closedUntil !== null && group.closedUntil > now) return { until };
  if (group.held + need.weight > group.limit) return { until: null };
  return until === null ? null : { until };
}

/** When time alone opens a group that is shut, spaced or ramped; null: it is open as far as time goes. */
export function opensAt(group: GroupState, now: number): number | null {
  if (group.closedUntil !== null && group.closedUntil > now) return group.closedUntil;
  if (group.lastAdmittedAt === null) return null;
  const spacedAt = group.lastAdmittedAt + group.spacingMilliseconds;
  if (spacedAt > now) return spacedAt;
  const tokens = tokensAt(group, now);
  return group.rampPerMinute > 0 && tokens < 1 ? now + ((1 - tokens) * 60_000) / group.rampPerMinute : null;
}

/** How many could be admitted at this moment, as far as this group goes. */
export function roomIn(group: GroupState, now: number): number {
  if (opensAt(group, now) !== null) return 0;
  const atOnce = group.spacingMilliseconds > 0 ? 1 : Infinity;
  const byRamp = group.rampPerMinute > 0 ? Math.floor(tokensAt(group, now)) : Infinity;
  return Math.max(0, Math.min(group.limit - group.held, atOnce, byRamp));
}

/** A bucket of one minute's worth that refills evenly. */
function tokensAt(group: GroupState, now: number): number {
  if (group.rampPerMinute === 0 || group.lastAdmittedAt === null) return group.rampPerMinute;
  const refilled = ((now - group.lastAdmittedAt) * group.rampPerMinute) / 60_000;
  return Math.min(group.rampPerMinute, group.rampTokens + refilled);
}

function doorAgainst(candidate: Candidate, group: GroupState, now: number): Lack | null {
  const since = shutSince(group, now);
  if (since === null || candidate.isHolding || candidate.readySince <= since) return null;
  return { until: null };
}

function shutSince(group: GroupState, now: number): number | null {
  const isFresh = group.doorSeenAt !== null && now - group.doorSeenAt <= doorLastsMilliseconds;
  return isFresh ? group.doorSince : null;
}

/** `call` and `steps` groups close only for exclusive use. */
function closeDoors(
  candidate: Candidate,
  groups: ReadonlyMap<string, GroupState>,
  now: number,
  touched: Set<string>,
): void {
  for (const need of candidate.needs) {
    const group = groups.get(need.key);
    const canClose = need.scope === 'step' || need.scope === 'task' || need.weight > 1;
    if (!group || !canClose || !lackOfRoom(need, group, now)) continue;
    const since = shutSince(group, now);
    if (since !== null && since < candidate.readySince) continue;
    group.doorSince = candidate.readySince;
    group.doorSeenAt = now;
    touched.add(group.key);
  }
}

function take(candidate: Candidate, groups: ReadonlyMap<string, GroupState>, now: number, touched: Set<string>): void {
  for (const need of candidate.needs) {
    const group = groups.get(need.key);
    if (!group) continue;
    if (group.rampPerMinute > 0) group.rampTokens = tokensAt(group, now) - 1;
    group.held += need.weight;
    group.lastAdmittedAt = now;
    if (group.doorSince !== null && group.doorSince >= candidate.readySince) group.doorSince = null;
    touched.add(group.key);
  }
}
