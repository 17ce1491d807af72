import { type BudgetState, DrydockError, type GroupNeed, type GroupState, type TaskResult } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';
import type { SimulatedDatabase } from './simulated-database.js';
import { type SimulatedStep, simulatedStep } from './simulated-step.js';

/** Thrown where a transaction was meant to fail. */
export class InjectedFault extends Error {}

type Decision = Parameters<typeof modelDb.writeAdmission>[2];

/** In place of the module `@drydock/model/db`: the stores that a scheduler's cycle uses, on tables in memory. */
export class SimulatedStores {
  constructor(private readonly db: SimulatedDatabase) {}

  async guardCycle(_tx: unknown, run: modelDb.RunRef) {
    const held = this.db.runs.get(run.lane);
    if (held?.taskId !== run.taskId || held.epoch !== run.epoch || held.holderId !== run.holderId) {
      throw new DrydockError('run_lost', `the run of ${run.taskId} was taken over`);
    }
    const { status, isPaused } = this.db.task(run.taskId);
    return { now: this.db.clock.now, isTerminating: status === 'terminating', isPaused };
  }

  async takeMoves(_tx: unknown, taskId: string, limit: number) {
    return [...this.db.task(taskId).moved].slice(0, limit).map((step) => {
      const unpaidTries = step.triesTotal - step.triesPaid;
      this.db.change(step, { moved: false, triesPaid: step.triesTotal });
      return shown(step, unpaidTries);
    });
  }

  async wakeDueSteps(_tx: unknown, taskId: string) {
    const due = [...this.db.task(taskId).waiting].filter(
      ({ notBeforeMs }) => notBeforeMs !== null && notBeforeMs <= this.db.clock.now,
    );
    return due.map((step) => {
      this.db.change(step, { status: 'pending', notBeforeMs: null });
      return shown(step);
    });
  }

  async readAllSteps(_tx: unknown, taskId: string) {
    return [...this.db.task(taskId).steps.values()].map((step) => shown(step)).sort((a, b) => a.key - b.key);
  }

  async readPlaces(_tx: unknown, taskId: string) {
    return this.db.places.ofTask(taskId);
  }

  async ensureGroups(_tx: unknown, needs: readonly GroupNeed[]) {
    for (const { key, limit, spacingMilliseconds, rampPerMinute } of needs) {
      if (!this.db.groups.has(key)) this.db.setGroup(emptyGroup({ key, limit, spacingMilliseconds, rampPerMinute }));
    }
  }

  async insertSteps(_tx: unknown, { taskId }: { readonly taskId: string }, steps: readonly modelDb.StepToStore[]) {
    const rows = steps.map((planned) => simulatedStep(taskId, planned));
    for (const row of rows) this.db.add(row);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  async delaySteps(_tx: unknown, ids: readonly string[], seconds: number) {
    for (const step of this.steps(ids)) this.db.change(step, { notBeforeMs: this.db.clock.now + seconds * 1000 });
  }

  async skipSteps(_tx: unknown, ids: readonly string[]) {
    for (const step of this.steps(ids)) {
      if (step.status === 'pending') this.db.change(step, { status: 'ended', end: 'skipped' });
    }
    this.fail('skipSteps');
  }

  async stopSteps(_tx: unknown, ids: readonly string[]) {
    const open = this.steps(ids).filter(({ status }) => ['pending', 'admitted', 'waiting'].includes(status));
    return open.flatMap((step) => {
      if (step.isOwing && step.stopping) return [];
      const over = { status: 'ended', end: 'cancelled', errorClass: 'cancelled' } as const;
      const again = { status: step.status === 'waiting' ? 'pending' : step.status, stopping: true } as const;
      const ring = step.isOwing && step.status === 'admitted' ? step.ring + 1 : step.ring;
      const still = { moved: false, notBeforeMs: null, isObserved: false, ring, rangAt: this.db.clock.now };
      this.db.change(step, { ...(step.isOwing ? again : over), ...still });
      return [{ ...shown(step), ring }];
    });
  }

  async releasePlaces(_tx: unknown, taskId: string, release: modelDb.Release) {
    for (const id of release.endedStepIds) for (const place of this.db.places.ofStep(id)) this.db.giveBack(place);
    for (const id of release.restingStepIds) {
      for (const place of this.db.places.ofStep(id)) {
        if (place.scope === 'call' || place.scope === 'steps') this.db.giveBack(place);
      }
    }
    for (const node of release.nodeNames) {
      for (const place of this.db.places.ofNode(taskId, node)) this.db.giveBack(place);
    }
    this.fail('releasePlaces');
  }

  async shutGroups(_tx: unknown, keys: readonly string[], seconds: number) {
    for (const key of keys) {
      const group = this.db.groups.get(key);
      const until = Math.max(group?.closedUntil ?? 0, this.db.clock.now + seconds * 1000);
      if (group) this.db.setGroup({ ...group, closedUntil: until });
    }
  }

  async loadGroups(tx: unknown, { taskId, keys, stepsPerSlot, release }: modelDb.GroupsWanted) {
    if (release) await this.releasePlaces(tx, taskId, release);
    const { status, isPaused } = this.db.task(taskId);
    const found = keys.flatMap((key) => this.db.groups.get(key) ?? []);
    const limitOf = ({ key, limit }: GroupState) => (key === 'steps' ? this.db.slots() * stepsPerSlot : limit);
    return {
      now: this.db.clock.now,
      isHeld: isPaused || status === 'terminating',
      groups: new Map(found.map((group) => [group.key, { ...group, limit: limitOf(group) }])),
    };
  }

  async writeAdmission(_tx: unknown, taskId: string, { steps, places, groups }: Decision) {
    for (const place of places) this.db.place({ ...place, taskId });
    for (const group of groups) this.db.setGroup({ ...group, limit: this.db.groups.get(group.key)?.limit ?? 0 });
    const rung = steps.map(({ id, readySince }) => this.admit(id, readySince));
    this.fail('writeAdmission');
    return rung;
  }

  async readBudgets(_tx: unknown, keys: readonly string[]) {
    return keys.flatMap((key) => this.db.budgets.get(key) ?? []);
  }

  async writeBudgets(_tx: unknown, spent: readonly BudgetState[]) {
    for (const budget of spent) this.db.setBudget(budget);
  }

  async exhaustSteps(_tx: unknown, exhausted: readonly modelDb.ExhaustedStep[]) {
    const due = this.steps(exhausted.map(({ id }) => id)).filter(
      ({ status, isExhausted }) => status === 'pending' && !isExhausted,
    );
    for (const step of due) this.db.change(step, { isExhausted: true, notBeforeMs: null });
    return due.map(({ id }) => id);
  }

  async finishTask(_tx: unknown, { taskId, lane }: modelDb.RunRef, result: TaskResult) {
    const task = this.db.task(taskId);
    const open = [...task.steps.values()].filter(({ status }) => status !== 'ended');
    const places = this.db.places.ofTask(taskId);
    if (open.length > 0 || places.length > 0) {
      throw new Error(`${taskId} ends with ${open.length} open steps and ${places.length} places`);
    }
    this.db.changeTask(task, { status: task.status === 'terminating' ? 'terminated' : 'complete', result });
    this.db.runs.delete(lane);
  }

  async noteSteps() {}
  async noteTask() {}
  async readStops() {
    return [];
  }

  private steps(ids: readonly string[]): readonly SimulatedStep[] {
    return ids.flatMap((id) => this.db.step(id) ?? []);
  }

  private admit(id: string, readySince: number): modelDb.RungStep {
    const step = this.db.step(id);
    if (step?.status !== 'pending') throw new DrydockError('illegal_move', `${id} is ${step?.status ?? 'nowhere'}`);
    const { status, isPaused } = this.db.task(step.taskId);
    if ((isPaused || status === 'terminating') && !step.hasBegun) throw new Error(`${id} begins though nothing may`);
    const ring = step.ring + 1;
    const readySinceMs = step.readySinceMs ?? readySince;
    this.db.change(step, { status: 'admitted', notBeforeMs: null, readySinceMs, ring, rangAt: this.db.clock.now });
    return { id, ring };
  }

  private fail(name: string): void {
    if (this.db.faultAt !== name) return;
    this.db.faultAt = null;
    throw new InjectedFault(`${name} failed`);
  }
}

export const storeNames = Object.getOwnPropertyNames(SimulatedStores.prototype).filter(
  (name) => !['constructor', 'steps', 'admit', 'fail'].includes(name),
);

function shown(step: SimulatedStep, unpaidTries = 0): SimulatedStep {
  return { ...step, unpaidTries, wakeMs: step.notBeforeMs };
}

function emptyGroup(facts: Pick<GroupState, 'key' | 'limit' | 'spacingMilliseconds' | 'rampPerMinute'>): GroupState {
  return {
    ...facts,
    held: 0,
    rampTokens: facts.rampPerMinute,
    lastAdmittedAt: null,
    closedUntil: null,
    doorSince: null,
    doorIsHolding: false,
    doorSeenAt: null,
  };
}
