import {
  type Candidate,
  type EndedStep,
  type GroupNeed,
  type PlannedStep,
  PlanProgress,
  type StepEnd,
  type StepKey,
  type StepStatus,
} from '@drydock/model';
import { GroupAlarms } from './group-alarms.js';
import { ReadySteps } from './ready-steps.js';
import { Timers } from './timers.js';

/** A step as the scheduler of its run keeps it in memory. All of it can be rebuilt from the database. */
export interface LiveStep {
  readonly id: string;
  readonly planned: PlannedStep;
  readonly groups: readonly GroupNeed[];
  status: StepStatus;
  end: StepEnd | null;
  /** Milliseconds since 1970; kept from the first time on. */
  readySince: number | null;
  /** Pending or waiting, and not before this; null: pending at once, or waiting for an observer alone. */
  notBefore: number | null;
  /** A worker has claimed it: a pause does not hold it up. */
  hasBegun: boolean;
  /** The task was terminated and the step still owes something to its machine: it alone is admitted yet. */
  isSettling: boolean;
  /** Keys of the groups in which it has a place. */
  readonly held: Set<string>;
}

/** A step that nobody has admitted yet. */
export function freshStep(id: string, planned: PlannedStep, groups: readonly GroupNeed[]): LiveStep {
  const atFirst = { readySince: null, notBefore: null, hasBegun: false, isSettling: false } as const;
  return { id, planned, groups, status: 'pending', end: null, ...atFirst, held: new Set() };
}

/** The whole run in memory: what has ended, what is ready, what waits for the clock. Single writer, no IO. */
export class RunState {
  readonly progress = new PlanProgress();
  readonly steps = new Map<StepKey, LiveStep>();
  ready = new ReadySteps();
  readonly timers = new Timers<StepKey>();
  readonly alarms = new GroupAlarms();
  /** Nodes that hold their `task` place. */
  readonly heldNodes = new Set<string>();
  /** How many places its steps have, by group. */
  private readonly company = new Map<string, number>();
  private readonly stepsOfNode = new Map<string, LiveStep[]>();
  private readonly openOfNode = new Map<string, number>();
  private open = 0;
  private hasStopped = false;

  /** When the clock alone changes something; null: never. */
  get nextWakeAt(): number | null {
    const at = Math.min(this.timers.nextAt ?? Infinity, this.alarms.nextAt ?? Infinity);
    return at === Infinity ? null : at;
  }

  get nextKey(): StepKey {
    return this.steps.size;
  }

  get isOver(): boolean {
    return this.open === 0;
  }

  get percentEnded(): number {
    return this.steps.size === 0 ? 0 : Math.floor((100 * (this.steps.size - this.open)) / this.steps.size);
  }

  /** The task was terminated. */
  get isStopping(): boolean {
    return this.hasStopped;
  }

  /** From here on only steps that are settling are offered. */
  stop(now: number): void {
    if (this.hasStopped) return;
    this.hasStopped = true;
    this.ready = new ReadySteps();
    for (const step of this.steps.values()) this.offer(step, now);
  }

  /** Steps that the scheduler may end or bring back: not over, as far as memory knows. */
  openSteps(): readonly LiveStep[] {
    return [...this.steps.values()].filter(({ status }) => status !== 'ended');
  }

  add(step: LiveStep): void {
    this.steps.set(step.planned.key, step);
    if (step.status !== 'ended') this.open += 1;
    for (const key of step.held) this.countPlace(key, 1);
    const node = step.planned.nodeName;
    if (node === null) return;
    this.stepsOfNode.set(node, [...(this.stepsOfNode.get(node) ?? []), step]);
    if (step.status !== 'ended') this.openOfNode.set(node, this.openIn(node) + 1);
  }

  /** Marks a step as ended. @returns false when it had ended before */
  close(step: LiveStep, end: StepEnd): boolean {
    if (step.status === 'ended') return false;
    step.status = 'ended';
    step.end = end;
    this.open -= 1;
    this.ready.remove(step.planned.key);
    const node = step.planned.nodeName;
    if (node !== null) this.openOfNode.set(node, this.openIn(node) - 1);
    return true;
  }

  openIn(nodeName: string): number {
    return this.openOfNode.get(nodeName) ?? 0;
  }

  plannedOf(nodeName: string | null): readonly PlannedStep[] {
    if (nodeName === null)
      return [...this.steps.values()].filter((step) => step.planned.nodeName === null).map((step) => step.planned);
    return (this.stepsOfNode.get(nodeName) ?? []).map((step) => step.planned);
  }

  /** Puts a pending step where it belongs: ready now, or on the clock. */
  offer(step: LiveStep, now: number): void {
    if (step.status !== 'pending' || (this.hasStopped && !step.isSettling)) return;
    if (step.notBefore !== null && step.notBefore > now) {
      this.timers.add(step.notBefore, step.planned.key);
      return;
    }
    step.notBefore = null;
    step.readySince ??= now;
    this.ready.add(step.planned.key);
  }

  /** The step has a place in the group. */
  hold(step: LiveStep, key: string): void {
    if (step.held.has(key)) return;
    step.held.add(key);
    this.countPlace(key, 1);
  }

  letGo(step: LiveStep, key: string): void {
    if (step.held.delete(key)) this.countPlace(key, -1);
  }

  candidateOf(step: LiveStep, now: number): Candidate {
    const node = step.planned.nodeName;
    const needs = step.groups.filter((need) =>
      need.scope === 'task' ? node === null || !this.heldNodes.has(node) : !step.held.has(need.key),
    );
    const isHolding = step.held.size > 0 || (node !== null && this.heldNodes.has(node));
    return { id: step.id, readySince: step.readySince ?? now, needs, isHolding, company: this.company };
  }

  endedSteps(): readonly EndedStep[] {
    return [...this.steps.values()].flatMap(({ planned, end }) =>
      end === null ? [] : [{ verb: planned.verb, nodeName: planned.nodeName, attempt: planned.attempt, end }],
    );
  }

  private countPlace(key: string, change: 1 | -1): void {
    const count = (this.company.get(key) ?? 0) + change;
    if (count === 0) this.company.delete(key);
    else this.company.set(key, count);
  }
}
