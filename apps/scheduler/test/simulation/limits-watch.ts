import { type GroupNeed, unknownEffectSeconds } from '@drydock/model';
import type { Place } from './place-book.js';
import type { Committed, SimulatedDatabase } from './simulated-database.js';
import type { SimulatedStep } from './simulated-step.js';

/** What is known of a group apart from its row: when places were last given there. */
interface GroupRecord {
  lastPlacedAt: number;
  /** Of a ramp: when its bucket is full again (the generic cell rate algorithm, ITU-T I.371). */
  fullAt: number;
  shutUntil: number;
}

/** Milliseconds by which sums of fractions may be wrong. */
const tolerance = 1e-3;
const commitsPerFullLook = 64;

/**
 * Looks after every transaction whether a limit is exceeded, and counts by its own books: it reads places, never what a
 * group's row says of the past.
 */
export class LimitsWatch {
  readonly violations: string[] = [];
  private readonly records = new Map<string, GroupRecord>();
  private readonly unknown = new Set<SimulatedStep>();
  private commits = 0;

  constructor(
    private readonly db: () => SimulatedDatabase,
    private readonly needOf: (key: string) => GroupNeed,
    private readonly stepsPerSlot: number,
  ) {}

  committed({ placed, givenBack, touched }: Committed): void {
    this.commits += 1;
    for (const step of this.unknown) if (!step.moved) this.shut(step);
    const keys = this.commits % commitsPerFullLook === 0 ? this.allKeys() : touched;
    for (const key of keys) this.checkSum(key);
    for (const place of placed) this.checkPace(place);
    if (placed.some(({ scope }) => scope === 'steps')) this.checkBackPressure();
    for (const place of givenBack) this.checkGivenBack(place);
  }

  /** A worker acts from now on: it has a place everywhere, and is alone with its machine. */
  claimed({ id, taskId, planned }: SimulatedStep): void {
    const { places, running } = this.db();
    const node = planned.nodeName;
    const keysOf = (list: readonly Place[]) => new Set(list.map(({ groupKey }) => groupKey));
    const [own, ofNode] = [keysOf(places.ofStep(id)), keysOf(node === null ? [] : places.ofNode(taskId, node))];
    for (const { key, scope } of this.db().task(taskId).groupsOf(planned)) {
      if (!(scope === 'task' ? ofNode : own).has(key)) this.report(`${id} runs without a place in ${key}`);
    }
    if (node === null) return;
    for (const other of running) {
      if (other.nodeName === node && other.id !== id) this.report(`${id} and ${other.id} run on ${node}`);
    }
  }

  /** A call is over. */
  reported(step: SimulatedStep): void {
    if (step.errorClass === 'effect_unknown') this.unknown.add(step);
  }

  /** Nothing may be held when everything is over. */
  checkEmpty(): void {
    for (const [key, { held }] of this.db().groups) if (held !== 0) this.report(`${key} holds ${held} at the end`);
    for (const key of this.db().places.groupKeys()) this.report(`a place in ${key} is left`);
  }

  /** From the transaction that gives its places back. */
  private shut(step: SimulatedStep): void {
    this.unknown.delete(step);
    const until = this.db().clock.now + unknownEffectSeconds * 1000;
    for (const { key, guardsMachine } of this.db().task(step.taskId).groupsOf(step.planned)) {
      if (guardsMachine) this.record(key).shutUntil = until;
    }
  }

  private checkSum(key: string): void {
    const group = this.db().groups.get(key);
    const sum = this.db()
      .places.ofGroup(key)
      .reduce((total, { weight }) => total + weight, 0);
    if (sum !== (group?.held ?? 0)) this.report(`${key} says ${group?.held} and ${sum} are placed`);
    if (key !== 'steps' && sum > this.needOf(key).limit) this.report(`${key} has ${sum} of ${this.needOf(key).limit}`);
  }

  /** Its limit falls when a worker dies, with steps still out: only who admits must keep it. */
  private checkBackPressure(): void {
    const sum = this.db().places.ofGroup('steps').length;
    if (sum > this.db().slots() * this.stepsPerSlot) this.report(`${sum} steps are out for ${this.db().slots()} slots`);
  }

  private checkPace({ groupKey }: Place): void {
    const { spacingMilliseconds, rampPerMinute } = this.needOf(groupKey);
    const { now } = this.db().clock;
    const record = this.record(groupKey);
    if (now < record.shutUntil) this.report(`${groupKey} is shut until ${record.shutUntil} and took one at ${now}`);
    if (now - record.lastPlacedAt < spacingMilliseconds) this.report(`${groupKey} took two within its spacing`);
    record.lastPlacedAt = now;
    if (rampPerMinute === 0) return;
    record.fullAt = Math.max(now, record.fullAt) + 60_000 / rampPerMinute;
    if (record.fullAt - now > 60_000 + tolerance) this.report(`${groupKey} took more than its ramp`);
  }

  /** Who acts keeps its places. */
  private checkGivenBack({ stepId, taskId, nodeName, groupKey }: Place): void {
    if (stepId !== null) {
      if (this.db().step(stepId)?.status === 'running') this.report(`${stepId} runs and gave ${groupKey} back`);
      return;
    }
    const acting = [...this.db().running].find((step) => step.taskId === taskId && step.nodeName === nodeName);
    if (acting) this.report(`${acting.id} runs and its task gave ${groupKey} back`);
  }

  private allKeys(): ReadonlySet<string> {
    return new Set([...this.db().groups.keys(), ...this.db().places.groupKeys()]);
  }

  private record(key: string): GroupRecord {
    const known = this.records.get(key) ?? { lastPlacedAt: -Infinity, fullAt: -Infinity, shutUntil: -Infinity };
    this.records.set(key, known);
    return known;
  }

  private report(what: string): void {
    this.violations.push(`${this.db().clock.now}: ${what}`);
  }
}
