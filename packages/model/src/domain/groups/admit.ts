import { comesBefore } from './comes-before.js';
import { doorKeeper, lackIn, lackOfRoom, opensAt, tokensAt } from './group-lack.js';
import type { Candidate, GroupState } from './group-state.js';
import type { GroupNeed } from './group.js';

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

export interface AdmissionMoment {
  /** Milliseconds of the database's clock. */
  readonly now: number;
  /** After this long a step keeps younger ones out of the groups that lacked room for it. */
  readonly doorAfterMilliseconds: number;
}

/** Groups as they are while it is decided; `touched` grows. */
interface Deciding {
  readonly groups: ReadonlyMap<string, GroupState>;
  readonly now: number;
  readonly touched: Set<string>;
}

/**
 * One admission decision: who gets places in all of its groups. Changes the given group states; nothing else.
 * A limit is never exceeded because the caller holds the one lock under which states are read and written.
 */
export function admit(
  candidates: readonly Candidate[],
  groups: ReadonlyMap<string, GroupState>,
  { now, doorAfterMilliseconds }: AdmissionMoment,
): Admission {
  const admitted: Candidate[] = [];
  const refused: Refusal[] = [];
  const touched = new Set<string>();
  for (const candidate of inOrder(candidates)) {
    const refusal = firstRefusal(candidate, groups, now);
    if (refusal) {
      refused.push(refusal);
      if (now - candidate.readySince >= doorAfterMilliseconds) closeDoors(candidate, { groups, now, touched });
      continue;
    }
    take(candidate, groups, now, touched);
    admitted.push(candidate);
  }
  return { admitted, refused, touched };
}

function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort((left, right) => Number(comesBefore(right, left)) - Number(comesBefore(left, right)));
}

function firstRefusal(candidate: Candidate, groups: ReadonlyMap<string, GroupState>, now: number): Refusal | null {
  for (const need of candidate.needs) {
    const group = groups.get(need.key);
    if (!group) return { candidate, group: need.key, until: null };
    const lack = lackIn(group, need, { candidate, now });
    if (lack) return { candidate, group: need.key, until: 'until' in lack ? lack.until : null };
  }
  return null;
}

/** How many could be admitted at this moment, as far as this group goes. */
export function roomIn(group: GroupState, now: number): number {
  if (opensAt(group, now) !== null) return 0;
  const atOnce = group.spacingMilliseconds > 0 ? 1 : Infinity;
  const byRamp = group.rampPerMinute > 0 ? Math.floor(tokensAt(group, now)) : Infinity;
  return Math.max(0, Math.min(group.limit - group.held, atOnce, byRamp));
}

/** The step comes first from now on where it lacked room, until it is in or has gone. */
function closeDoors(candidate: Candidate, { groups, now, touched }: Deciding): void {
  for (const group of groupsToClose(candidate, { groups, now, touched })) {
    const keeper = doorKeeper(group, now);
    if (keeper !== null && comesBefore(keeper, candidate)) continue;
    group.doorSince = candidate.readySince;
    group.doorIsHolding = candidate.isHolding;
    group.doorSeenAt = now;
    touched.add(group.key);
  }
}

/**
 * Places of calls come back soon and by themselves, and there is always somebody who waits for one. A step closes these
 * groups only if it wants the site for itself; or if it lacks nothing else, and its task has nobody there: then others
 * take every place that comes back.
 */
function groupsToClose(candidate: Candidate, { groups, now, touched }: Deciding): readonly GroupState[] {
  const inTheWay = candidate.needs.flatMap((need) => {
    const group = groups.get(need.key);
    return group && lackIn(group, need, { candidate, now }) ? [{ need, group }] : [];
  });
  const isExclusive = candidate.needs.some(({ weight }) => weight > 1);
  const lacksCallsOnly = inTheWay.every(({ need }) => isOfCalls(need));
  const closing = inTheWay.filter(({ need, group }) => {
    if (!lackOfRoom(group, need, now)) return false;
    if (!isOfCalls(need) || isExclusive) return true;
    return lacksCallsOnly && !candidate.company.has(group.key) && !touched.has(group.key);
  });
  return closing.map(({ group }) => group);
}

function isOfCalls({ scope }: GroupNeed): boolean {
  return scope === 'call' || scope === 'steps';
}

function take(candidate: Candidate, groups: ReadonlyMap<string, GroupState>, now: number, touched: Set<string>): void {
  for (const need of candidate.needs) {
    const group = groups.get(need.key);
    if (!group) continue;
    if (group.rampPerMinute > 0) group.rampTokens = tokensAt(group, now) - 1;
    group.held += need.weight;
    group.lastAdmittedAt = now;
    if (isKeeper(candidate, group)) group.doorSince = null;
    touched.add(group.key);
  }
}

/** Others that come first do not open it: they may be many. */
function isKeeper({ readySince, isHolding }: Candidate, group: GroupState): boolean {
  return group.doorSince === readySince && group.doorIsHolding === isHolding;
}
