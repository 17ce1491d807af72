import { admit, type GroupNeed, type GroupState, opensAt, type Refusal, roomIn } from '@drydock/model';
import {
  ensureGroups,
  type LoadedGroups,
  loadGroups,
  type NewPlace,
  releasePlaces,
  type Ringable,
  type Transaction,
  writeAdmission,
} from '@drydock/model/db';
import type { CycleChanges } from './cycle-changes.js';
import type { CycleParts } from './cycle-parts.js';
import type { LiveStep, RunState } from './run-state.js';

const candidatesPerPass = 500;
/** A pass that parks steps may leave room that the next in line can use. */
const passesPerCycle = 4;

/** What the passes of a cycle decide together. Its groups are read once, and all is written once. */
interface Decided {
  readonly groups: Map<string, GroupState>;
  /** By id. */
  readonly admitted: Map<string, { readonly step: LiveStep; readonly readySince: number }>;
  readonly places: NewPlace[];
  readonly touched: Set<string>;
  /** Places are still to be given back, with the first look at the groups. */
  owesRelease: boolean;
  /** When they were looked at, by the database's clock, and whether the task may begin steps. */
  looked: Looked;
}

type Looked = Pick<LoadedGroups, 'now' | 'isHeld'>;

/**
 * Gives back what the moves of the cycle freed, gives places to those that are ready, in order, parks the others, and
 * counts. @returns what to ring for after the commit
 */
export async function admitReady(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  parts: CycleParts,
): Promise<Ringable[]> {
  const decided: Decided = {
    groups: new Map(),
    admitted: new Map(),
    places: [],
    touched: new Set(),
    owesRelease: changes.hasReleases,
    looked: { now: 0, isHeld: false },
  };
  for (let pass = 0; pass < passesPerCycle; pass += 1) {
    const steps = state.ready.take(candidatesPerPass).flatMap((key) => state.steps.get(key) ?? []);
    if (steps.length === 0) break;
    await look(tx, steps, decided, { changes, parts });
    const { now, isHeld } = decided.looked;
    admitPass(state, isHeld ? holdBack(state, steps, now) : steps, { decided, changes, parts, now });
  }
  const { taskId } = parts.run;
  if (decided.owesRelease) await releasePlaces(tx, taskId, changes.released());
  return await write(tx, decided, { changes, taskId });
}

interface Surroundings {
  readonly changes: CycleChanges;
  readonly parts: CycleParts;
}

interface Pass extends Surroundings {
  readonly decided: Decided;
  readonly now: number;
}

function admitPass(state: RunState, steps: readonly LiveStep[], { decided, changes, parts, now }: Pass): void {
  const { groups, admitted, places } = decided;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const decision = admit(
    steps.map((step) => state.candidateOf(step, now)),
    groups,
    { now, doorAfterMilliseconds: parts.doorAfterMilliseconds },
  );
  for (const { candidate, group } of decision.refused) {
    const step = byId.get(candidate.id);
    if (!step) continue;
    const { readySince, isHolding } = candidate;
    state.ready.park({ key: step.planned.key, readySince, isHolding }, group);
  }
  callNext(state, groups, decision.refused, now);
  for (const key of decision.touched) decided.touched.add(key);
  for (const { id, needs, readySince } of decision.admitted) {
    const step = byId.get(id);
    if (!step) continue;
    takePlaces(state, step, needs, places);
    admitted.set(id, { step, readySince });
    changes.count(step.planned.verb, 'admitted');
    changes.ownMoves.push({ event: 'admit', step });
  }
}

interface Write {
  readonly changes: CycleChanges;
  readonly taskId: string;
}

async function write(tx: Transaction, decided: Decided, { changes, taskId }: Write): Promise<Ringable[]> {
  const { admitted, places } = decided;
  const groups = [...decided.touched].flatMap((key) => decided.groups.get(key) ?? []);
  const stages = changes.stageChanges();
  if (admitted.size === 0 && groups.length === 0 && stages.length === 0) return [];
  const steps = [...admitted].map(([id, { readySince }]) => ({ id, readySince }));
  const rung = await writeAdmission(tx, taskId, { steps, places, groups, stages });
  return rung.flatMap(({ id, ring }) => {
    const planned = admitted.get(id)?.step.planned;
    return planned ? [{ id, ring, taskId, verb: planned.verb, nodeName: planned.nodeName }] : [];
  });
}

/**
 * Reads the groups of these steps that no pass before has read. A group that is not there was purged while nobody used it:
 * it is made again.
 */
async function look(
  tx: Transaction,
  steps: readonly LiveStep[],
  decided: Decided,
  { changes, parts: { run, stepsPerSlot } }: Surroundings,
): Promise<void> {
  const needs = steps.flatMap((step) => step.groups);
  const keys = [...new Set(needs.map((need) => need.key))].filter((key) => !decided.groups.has(key));
  if (keys.length === 0) return;
  const wanted = { taskId: run.taskId, keys, stepsPerSlot };
  const release = decided.owesRelease ? changes.released() : undefined;
  decided.owesRelease = false;
  let loaded = await loadGroups(tx, { ...wanted, release });
  if (loaded.groups.size < keys.length) {
    await ensureGroups(
      tx,
      needs.filter((need) => keys.includes(need.key) && !loaded.groups.has(need.key)),
    );
    loaded = await loadGroups(tx, wanted);
  }
  for (const [key, group] of loaded.groups) decided.groups.set(key, group);
  decided.looked = loaded;
}

/** Where steps are parked that may not begin while the task or its lane is paused. */
export const pausedLot = 'paused';

/** @returns those that go on all the same, because they have begun */
function holdBack(state: RunState, steps: readonly LiveStep[], now: number): readonly LiveStep[] {
  for (const step of steps) {
    if (step.hasBegun) continue;
    const { readySince, isHolding } = state.candidateOf(step, now);
    state.ready.park({ key: step.planned.key, readySince, isHolding }, pausedLot);
  }
  return steps.filter(({ hasBegun }) => hasBegun);
}

/**
 * Brings back those next in line where there is room, for the next pass; where only time makes room it sets the group's
 * alarm. A group that has just refused somebody is left until something is given back there or its time comes.
 */
function callNext(
  state: RunState,
  groups: ReadonlyMap<string, GroupState>,
  refused: readonly Refusal[],
  now: number,
): void {
  const refusing = new Set(refused.map((refusal) => refusal.group));
  for (const key of state.ready.parkedGroups()) {
    const group = groups.get(key);
    if (!group) continue;
    const at = group.held < group.limit ? opensAt(group, now) : null;
    if (at !== null) state.alarms.set(key, at);
    else if (!refusing.has(key)) state.ready.unpark(key, roomIn(group, now));
  }
}

function takePlaces(state: RunState, step: LiveStep, needs: readonly GroupNeed[], places: NewPlace[]): void {
  step.status = 'admitted';
  state.ready.remove(step.planned.key);
  const node = step.planned.nodeName;
  for (const need of needs) {
    const isOfTask = need.scope === 'task';
    if (isOfTask && node !== null) state.heldNodes.add(node);
    if (!isOfTask) state.hold(step, need.key);
    places.push({
      groupKey: need.key,
      scope: need.scope,
      stepId: isOfTask ? null : step.id,
      nodeName: isOfTask ? node : null,
      weight: need.weight,
    });
  }
}
