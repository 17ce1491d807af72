import { defaultRetryPolicy, isDrydockError } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';
import type { rebuildState } from '../../src/run/rebuild-state.js';
import type { runCycle } from '../../src/run/run-cycle.js';
import type { RunState } from '../../src/run/run-state.js';
import type { Dice } from './dice.js';
import { Mortal } from './mortal.js';
import type { SimulatedDatabase } from './simulated-database.js';
import type { SimulatedQueue } from './simulated-queue.js';
import { InjectedFault, type SimulatedStores } from './simulated-stores.js';
import type { SimulatedTask } from './simulated-task.js';
import type { VirtualClock } from './virtual-clock.js';

/** The code that is looked at. */
export interface Engine {
  readonly runCycle: typeof runCycle;
  readonly rebuildState: typeof rebuildState;
}

export interface SchedulerPoolParts {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly db: SimulatedDatabase;
  readonly stores: SimulatedStores;
  readonly queue: SimulatedQueue;
  readonly dice: Dice;
  readonly stepsPerSlot: number;
  readonly doorAfterMilliseconds: number;
  /** Doorbells stand in the queue. */
  readonly onRing: () => void;
  /** Of rings that never arrive. */
  readonly lossOfRings: number;
}

/** One task, driven by one scheduler. */
interface Drive {
  readonly run: modelDb.RunRef;
  readonly task: SimulatedTask;
  readonly scheduler: Mortal;
  state: RunState;
  isOver: boolean;
  cycledAt: number;
  tickedAt: number;
  /** The next cycle; a later one that was planned does not happen. */
  dueAt: number;
}

// As the loop of a task's driver has them.
const tickMilliseconds = 1000;
const gatherMilliseconds = 8;
const unparkedPerTick = 8;
const restMilliseconds = 500;

/** Schedulers that drive lanes by the real cycle, die, freeze and take over from each other. */
export class SchedulerPool {
  cycles = 0;
  private schedulers: Mortal[] = [];
  private drives: Drive[] = [];
  private made = 0;

  constructor(private readonly parts: SchedulerPoolParts) {}

  start(): void {
    this.made += 1;
    this.schedulers.push(new Mortal(`h${this.made}`, this.parts.clock));
  }

  /** What is driven now, and by whom it is known. */
  get states(): readonly { readonly task: SimulatedTask; readonly state: RunState }[] {
    return this.drives.filter(({ isOver, scheduler }) => !isOver && scheduler.isAble);
  }

  kill(): void {
    const victim = this.victim();
    if (!victim) return;
    victim.die();
    this.drives = this.drives.filter(({ scheduler }) => scheduler !== victim);
    this.parts.clock.after(this.parts.dice.duration(500, 6000), () => {
      this.schedulers = this.schedulers.filter((each) => each !== victim);
      this.start();
    });
  }

  freeze(): void {
    this.victim()?.freeze(this.parts.dice.duration(500, 8000));
  }

  /** Somebody's step moved. */
  notify(): void {
    const { clock, dice } = this.parts;
    for (const drive of this.drives) {
      this.cycleAt(drive, Math.max(clock.now + dice.duration(1, 5), drive.cycledAt + gatherMilliseconds));
    }
  }

  /** By a sweep of whoever is able: lanes that nobody alive drives, and idle ones with a task. */
  lookAtLanes(): void {
    const able = this.schedulers.filter(({ isAble }) => isAble);
    if (able.length === 0) return;
    for (const task of this.firstOfLanes()) {
      const run = this.parts.db.runs.get(task.lane);
      if (run && this.schedulers.some(({ id, isLeased }) => id === run.holderId && isLeased)) continue;
      const scheduler = this.parts.dice.pick(able);
      // Two statements never see the same moment.
      this.parts.clock.after(this.parts.dice.duration(0.01, 10), async () => {
        if (scheduler.isAble) await this.takeUp(task, scheduler, (run?.epoch ?? 0) + 1);
      });
    }
  }

  private firstOfLanes(): readonly SimulatedTask[] {
    const first = new Map<string, SimulatedTask>();
    for (const task of this.parts.db.tasks.values()) {
      if (task.result === null && !first.has(task.lane)) first.set(task.lane, task);
    }
    return [...first.values()];
  }

  private async takeUp(task: SimulatedTask, scheduler: Mortal, epoch: number): Promise<void> {
    const { db, clock, engine, stores } = this.parts;
    const run = { lane: task.lane, taskId: task.id, epoch, holderId: scheduler.id };
    db.runs.set(task.lane, run);
    if (task.status === 'queued') {
      task.status = 'running';
      await stores.insertSteps(null, run, task.plan.steps);
    }
    const state = await engine.rebuildState(db.database, run, task.groupsOf);
    const times = { cycledAt: clock.now, tickedAt: clock.now, dueAt: Infinity };
    const drive = { run, task, scheduler, state, isOver: false, ...times };
    this.drives.push(drive);
    this.cycleAt(drive, clock.now + 1);
  }

  private victim(): Mortal | null {
    const able = this.schedulers.filter(({ isAble }) => isAble);
    return able.length === 0 ? null : this.parts.dice.pick(able);
  }

  private cycleAt(drive: Drive, at: number): void {
    if (drive.isOver || at >= drive.dueAt) return;
    drive.dueAt = at;
    this.parts.clock.after(at - this.parts.clock.now, async () => {
      if (drive.dueAt === at) await this.cycle(drive);
    });
  }

  private async cycle(drive: Drive): Promise<void> {
    const { clock, engine, db, dice, stepsPerSlot, doorAfterMilliseconds } = this.parts;
    drive.dueAt = Infinity;
    if (drive.isOver || drive.scheduler.isDead) return;
    if (drive.scheduler.frozenFor > 0) return this.cycleAt(drive, clock.now + drive.scheduler.frozenFor);
    if (clock.now - drive.tickedAt >= tickMilliseconds) {
      drive.tickedAt = clock.now;
      drive.state.ready.unparkSome(unparkedPerTick);
    }
    drive.cycledAt = clock.now;
    this.cycles += 1;
    try {
      const cycled = await engine.runCycle(drive.state, {
        db: db.database,
        run: drive.run,
        stepsPerSlot,
        doorAfterMilliseconds,
        groupsOf: drive.task.groupsOf,
        retryPolicy: defaultRetryPolicy,
        surroundings: {
          random: () => dice.next(),
          attemptBackoff: { baseSeconds: 1, factor: 2, capSeconds: 8 },
        },
      });
      this.ring(drive, cycled.rings);
      if (cycled.result) return this.leave(drive);
      const wakeAt = Math.max(clock.now + gatherMilliseconds, drive.state.nextWakeAt ?? Infinity);
      this.cycleAt(drive, cycled.hasMore ? clock.now : Math.min(clock.now + tickMilliseconds, wakeAt));
    } catch (error) {
      await this.recover(drive, error);
    }
  }

  /** As a driver does: it leaves a run that it has lost, and forgets what it knew after any other error. */
  private async recover(drive: Drive, error: unknown): Promise<void> {
    if (isDrydockError(error, 'run_lost')) return this.leave(drive);
    if (!(error instanceof InjectedFault)) throw error;
    const { engine, db, clock } = this.parts;
    try {
      drive.state = await engine.rebuildState(db.database, drive.run, drive.task.groupsOf);
    } catch (cause) {
      if (!isDrydockError(cause, 'run_lost')) throw cause;
      return this.leave(drive);
    }
    this.cycleAt(drive, clock.now + restMilliseconds);
  }

  private leave(drive: Drive): void {
    drive.isOver = true;
    this.drives = this.drives.filter((each) => each !== drive);
  }

  /** A scheduler that dies between its commit and its rings rings for nobody. */
  private ring(drive: Drive, rings: readonly modelDb.Ringable[]): void {
    const { clock, queue, dice, onRing, lossOfRings } = this.parts;
    if (rings.length === 0 || dice.chance(lossOfRings)) return;
    clock.after(dice.duration(0.3, 3), () => {
      if (drive.scheduler.isDead) return;
      queue.ring(rings);
      onRing();
    });
  }
}
