import type { Plan } from '@drydock/model';
import type { Dice } from './dice.js';
import { LimitsWatch } from './limits-watch.js';
import { FirstInLineWatch } from './first-in-line-watch.js';
import type { World } from './random-world.js';
import { type Engine, SchedulerPool } from './scheduler-pool.js';
import { SimulatedDatabase } from './simulated-database.js';
import { SimulatedQueue } from './simulated-queue.js';
import { SimulatedStores } from './simulated-stores.js';
import { loseSteps, purgeGroups, ringUnclaimed } from './simulated-sweeps.js';
import { type SimulatedTask, simulatedTask } from './simulated-task.js';
import { VirtualClock } from './virtual-clock.js';
import { type CallTimes, WorkerPool } from './worker-pool.js';
import type { Outcome } from './outcomes.js';

export interface SimulationOptions {
  readonly world: World;
  readonly dice: Dice;
  readonly call: CallTimes;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Deaths, freezes, flushes, failed transactions, and orders of users, a minute. */
  readonly faultsPerMinute: number;
  readonly ordersPerMinute: number;
}

/** What came of it. */
export interface Figures {
  readonly violations: readonly string[];
  /** Steps that a worker claimed at least once. */
  readonly steps: number;
  readonly claims: number;
  readonly wasted: number;
  readonly wastedAfterFaults: number;
  readonly longestFirstInLineSeconds: number;
  readonly virtualSeconds: number;
  readonly cycles: number;
  readonly faults: number;
}

/** Longer than any history here can take: if it is not over by then, it is stuck. */
const limitMilliseconds = 24 * 3_600_000;

/** A whole system by the virtual clock: schedulers that run the real cycle, workers, sweeps, accidents and orders. */
export class Simulation {
  readonly clock = new VirtualClock();
  readonly queue = new SimulatedQueue();
  readonly db: SimulatedDatabase;
  readonly stores: SimulatedStores;
  readonly workers: WorkerPool;
  readonly schedulers: SchedulerPool;
  readonly limits: LimitsWatch;
  readonly line: FirstInLineWatch;
  private faults = 0;

  constructor(
    engine: Engine,
    private readonly options: SimulationOptions,
  ) {
    const { world, dice, call, outcomes } = options;
    const { clock, queue } = this;
    const db = () => this.db;
    this.limits = new LimitsWatch(db, world.needOf, world.stepsPerSlot);
    this.line = new FirstInLineWatch(db);
    this.db = new SimulatedDatabase(
      clock,
      () => this.workers.slots,
      (committed) => this.limits.committed(committed),
    );
    this.stores = new SimulatedStores(this.db);
    this.schedulers = new SchedulerPool({
      ...{ engine, clock, queue, dice, db: this.db, stores: this.stores, stepsPerSlot: world.stepsPerSlot },
      doorAfterMilliseconds: world.doorAfterMilliseconds,
      onRing: () => this.workers.serve(),
      lossOfRings: options.faultsPerMinute > 0 ? 0.005 : 0,
    });
    this.workers = new WorkerPool({
      ...{ clock, queue, dice, call, outcomes, db: this.db },
      notify: () => this.schedulers.notify(),
      onClaim: (step) => this.limits.claimed(step),
      onReport: (step) => this.limits.reported(step),
    });
    for (const slots of world.slots) this.workers.start(slots);
    for (let count = 0; count < world.schedulers; count += 1) this.schedulers.start();
  }

  /** Another task at the end of a lane. */
  submit(lane: string, plan: Plan): SimulatedTask {
    const task = simulatedTask({ id: `t${this.db.tasks.size}`, lane, plan, groupsOf: this.options.world.groupsOf });
    this.db.tasks.set(task.id, task);
    return task;
  }

  /** Until every task has ended. @throws Error when one never does */
  async run(isOver = () => [...this.db.tasks.values()].every(({ result }) => result !== null)): Promise<Figures> {
    const startedAt = this.clock.now;
    this.everySecond();
    this.every(this.options.faultsPerMinute, () => this.strike());
    this.every(this.options.ordersPerMinute, () => this.order());
    await this.clock.runUntil(isOver, limitMilliseconds);
    if ([...this.db.tasks.values()].every(({ result }) => result !== null)) this.limits.checkEmpty();
    return this.figures((this.clock.now - startedAt) / 1000);
  }

  private everySecond(): void {
    this.clock.after(1000, () => {
      const { db, queue, workers } = this;
      const parts = { db, queue, workers, notify: () => this.schedulers.notify() };
      loseSteps(parts);
      ringUnclaimed(parts);
      purgeGroups(parts);
      this.schedulers.lookAtLanes();
      this.line.look(this.schedulers.states);
      this.everySecond();
    });
  }

  /** At random moments, so often a minute. */
  private every(perMinute: number, act: () => void): void {
    if (perMinute === 0) return;
    const mean = 60_000 / perMinute;
    this.clock.after(-Math.log(1 - this.options.dice.next()) * mean, () => {
      act();
      this.every(perMinute, act);
    });
  }

  private strike(): void {
    this.faults += 1;
    const { dice } = this.options;
    const blows = {
      killWorker: () => this.workers.kill(),
      freezeWorker: () => this.workers.freeze(),
      killScheduler: () => this.schedulers.kill(),
      freezeScheduler: () => this.schedulers.freeze(),
      flush: () => this.queue.flush(),
      failTransaction: () => {
        this.db.faultAt = dice.pick(['releasePlaces', 'writeAdmission', 'skipSteps']);
      },
    };
    blows[dice.pick(Object.keys(blows) as (keyof typeof blows)[])]();
  }

  /** What users ask for: a task is terminated or paused, and goes on after a while. */
  private order(): void {
    const { dice } = this.options;
    const running = [...this.db.tasks.values()].filter(({ status }) => status === 'running');
    if (running.length === 0) return;
    const task = dice.pick(running);
    if (dice.chance(0.3)) task.status = 'terminating';
    else {
      task.isPaused = true;
      this.clock.after(dice.duration(1000, 60_000), () => {
        task.isPaused = false;
        this.schedulers.notify();
      });
    }
    this.schedulers.notify();
  }

  private figures(virtualSeconds: number): Figures {
    const steps = [...this.db.tasks.values()].flatMap((task) => [...task.steps.values()]);
    const { claims, wasted, wastedAfterFaults } = this.workers;
    return {
      violations: this.limits.violations,
      steps: steps.filter(({ hasBegun }) => hasBegun).length,
      ...{ claims, wasted, wastedAfterFaults, virtualSeconds },
      longestFirstInLineSeconds: this.line.longest / 1000,
      cycles: this.schedulers.cycles,
      faults: this.faults,
    };
  }
}
