import { Mortal } from './mortal.js';
import type { Dice } from './dice.js';
import { cancelled, type Outcome, reports } from './outcomes.js';
import type { SimulatedDatabase } from './simulated-database.js';
import type { Job, SimulatedQueue } from './simulated-queue.js';
import type { SimulatedStep } from './simulated-step.js';
import type { VirtualClock } from './virtual-clock.js';

/** Milliseconds of a call. */
export interface CallTimes {
  readonly least: number;
  readonly most: number;
}

export interface WorkerPoolParts {
  readonly clock: VirtualClock;
  readonly db: SimulatedDatabase;
  readonly queue: SimulatedQueue;
  readonly dice: Dice;
  readonly call: CallTimes;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Somebody's step moved. */
  readonly notify: () => void;
  readonly onClaim: (step: SimulatedStep) => void;
  /** A call is over. */
  readonly onReport: (step: SimulatedStep) => void;
}

interface Slots {
  readonly process: Mortal;
  readonly count: number;
  busy: number;
}

/** Workers that take doorbells, claim, act for a while and say what became of it. */
export class WorkerPool {
  claims = 0;
  /** Doorbells whose step could not be claimed. */
  wasted = 0;
  /** Of those: of steps that were lost or rung again. */
  wastedAfterFaults = 0;
  private workers: Slots[] = [];
  private made = 0;

  constructor(private readonly parts: WorkerPoolParts) {}

  start(count: number): void {
    this.made += 1;
    this.workers.push({ process: new Mortal(`w${this.made}`, this.parts.clock), count, busy: 0 });
    this.serve();
  }

  /** Of workers whose lease has not run out. */
  get slots(): number {
    return this.workers.reduce((sum, { process, count }) => sum + (process.isLeased ? count : 0), 0);
  }

  isAlive(id: string | null): boolean {
    return this.workers.some(({ process }) => process.id === id && process.isLeased);
  }

  /** Ends one at random; another takes its place after a while. */
  kill(): void {
    const victim = this.victim();
    if (!victim) return;
    victim.process.die();
    const { clock, dice } = this.parts;
    clock.after(dice.duration(200, 8000), () => {
      this.workers = this.workers.filter((worker) => worker !== victim || worker.process.isLeased);
      this.start(victim.count);
    });
  }

  freeze(): void {
    const victim = this.victim();
    if (!victim) return;
    const milliseconds = this.parts.dice.duration(500, 8000);
    victim.process.freeze(milliseconds);
    this.parts.clock.after(milliseconds + 1, () => this.serve());
  }

  /** Whoever has a free slot takes a doorbell. */
  serve(): void {
    for (let free = this.free(); free.length > 0; free = this.free()) {
      const job = this.parts.queue.take();
      if (!job) return;
      const worker = this.parts.dice.pick(free);
      worker.busy += 1;
      this.soon(worker, this.parts.dice.duration(0.5, 4), () => this.claim(worker, job));
    }
  }

  private free(): readonly Slots[] {
    return this.workers.filter(({ process, count, busy }) => process.isAble && busy < count);
  }

  private victim(): Slots | null {
    const able = this.workers.filter(({ process }) => process.isAble);
    return able.length === 0 ? null : this.parts.dice.pick(able);
  }

  /** Unless it has died; a frozen process does it when it goes on. */
  private soon(worker: Slots, milliseconds: number, act: () => void): void {
    this.parts.clock.after(milliseconds, () => {
      const { isDead, frozenFor } = worker.process;
      if (isDead) return;
      if (frozenFor > 0) this.soon(worker, frozenFor, act);
      else act();
    });
  }

  private claim(worker: Slots, { stepId }: Job): void {
    const { db, dice, call } = this.parts;
    const step = db.step(stepId);
    if (step?.status !== 'admitted') {
      this.wasted += 1;
      if (step?.wasRungAgain === true) this.wastedAfterFaults += 1;
      this.leave(worker);
      return;
    }
    this.claims += 1;
    const fence = step.fence + 1;
    db.change(step, { status: 'running', fence, holderId: worker.process.id, hasBegun: true });
    this.parts.onClaim(step);
    this.soon(worker, dice.duration(call.least, call.most), () => this.report(worker, step, fence));
  }

  private report(worker: Slots, step: SimulatedStep, fence: number): void {
    const { db, dice, clock } = this.parts;
    this.leave(worker);
    if (step.status !== 'running' || step.fence !== fence) return;
    const facts = { notBeforeMs: null, isObserved: false, ...this.outcomeOf(step) };
    db.change(step, { ...facts, moved: true, holderId: null });
    this.parts.onReport(step);
    if (step.isObserved) clock.after(dice.duration(20, 5000), () => this.observe(step, fence));
    if (!dice.chance(0.02)) this.parts.notify();
  }

  private outcomeOf(step: SimulatedStep): Partial<SimulatedStep> {
    if (step.stopping || this.parts.db.task(step.taskId).status === 'terminating') return cancelled;
    const { dice, clock, outcomes } = this.parts;
    const outcome = dice.weighted(outcomes as Readonly<Record<Outcome, number>>);
    const isLast = step.isExhausted && outcome !== 'succeed';
    return reports[isLast ? 'failForGood' : outcome](clock.now, dice, step);
  }

  private observe(step: SimulatedStep, fence: number): void {
    if (step.status !== 'waiting' || !step.isObserved || step.fence !== fence) return;
    this.parts.db.change(step, { status: 'pending', isObserved: false, moved: true });
    this.parts.notify();
  }

  private leave(worker: Slots): void {
    worker.busy -= 1;
    this.serve();
  }
}
