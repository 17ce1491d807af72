import { admit, type GroupNeed, type GroupState, opensAt, type Refusal, roomIn } from '@drydock/model';
import {
  ensureGroups,
  loadGroups,
  type NewPlace,
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

/** Gives places to those that are ready, in order, and parks the others. @returns what to ring for after the commit */
export async function admitReady(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  parts: CycleParts,
): Promise<Ringable[]> {
  const rings: Ringable[] = [];
  for (let pass = 0; pass < passesPerCycle; pass += 1) {
    const steps = state.ready.take(candidatesPerPass).flatMap((key) => state.steps.get(key) ?? []);
    if (steps.length === 0) break;
    rings.push(...(await admitPass(tx, state, steps, { changes, parts })));
  }
  return rings;
}

async function admitPass(
  tx: Transaction,
  state: RunState,
  steps: readonly LiveStep[],
  { changes, parts }: { readonly changes: CycleChanges; readonly parts: CycleParts },
): Promise<readonly Ringable[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const { now, groups } = await groupsOfSteps(tx, steps, parts.stepsPerSlot);
  const decision = admit(
    steps.map((step) => state.candidateOf(step, now)),
    groups,
    now,
  );

  for (const { candidate, group } of decision.refused) {
    const step = byId.get(candidate.id);
    if (!step) continue;
    const { readySince, isHolding } = candidate;
    state.ready.park({ key: step.planned.key, readySince, isHolding }, group);
  }
  callNext(state, groups, decision.refused, now);
  const touched = [...decision.touched].flatMap((key) => groups.get(key) ?? []);
  if (decision.admitted.length === 0 && touched.length === 0) return [];

  const places: NewPlace[] = [];
  for (const candidate of decision.admitted) {
    const step = byId.get(candidate.id);
    if (!step) continue;
    takePlaces(state, step, candidate.needs, places);
    changes.count(step.planned.verb, 'admitted');
    changes.ownMoves.push({ event: 'admit', step });
  }
  const admitted = decision.admitted.map(({ id, readySince }) => ({ id, readySince }));
  const rung = await writeAdmission(tx, parts.run.taskId, { steps: admitted, places, groups: touched });
  return rung.flatMap(({ id, ring }) => {
    const step = byId.get(id);
    return step
      ? [{ id, ring, taskId: parts.run.taskId, verb: step.planned.verb, nodeName: step.planned.nodeName }]
      : [];
  });
}

/** A group that is not there was purged while nobody used it: it is made again. */
async function groupsOfSteps(tx: Transaction, steps: readonly LiveStep[], stepsPerSlot: number) {
  const needs = steps.flatMap((step) => step.groups);
  const keys = [...new Set(needs.map((need) => need.key))];
  const loaded = await loadGroups(tx, keys, stepsPerSlot);
  if (loaded.groups.size === keys.length) return loaded;
  await ensureGroups(
    tx,
    needs.filter((need) => !loaded.groups.has(need.key)),
  );
  return await loadGroups(tx, keys, stepsPerSlot);
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
    if (!isOfTask) step.held.add(need.key);
    places.push({
      groupKey: need.key,
      scope: need.scope,
      stepId: isOfTask ? null : step.id,
      nodeName: isOfTask ? node : null,
      weight: need.weight,
    });
  }
}
