import type { TaskResult } from '@drydock/model';
import { type Database, type RunRef, startNext, takeOverRun } from '@drydock/model/db';
import { laneQueueName, type QueueBackend } from '@drydock/queue';
import type { Log } from '@drydock/runtime';
import type { WaitingCount } from './run/count-waiting.js';
import type { DriveParts } from './run/drive-parts.js';
import { TaskDriver } from './run/drive-task.js';

export interface LaneParts {
  readonly db: Database;
  readonly queue: QueueBackend;
  readonly holderId: string;
  readonly leaseSeconds: number;
  readonly drive: DriveParts;
  /** The task of a run of ours has ended. Never rejects. */
  readonly tellEnd: (run: RunRef, log: Log) => Promise<void>;
  readonly log: Log;
}

interface ActiveRun {
  readonly driver: TaskDriver;
  readonly over: Promise<TaskResult | null>;
}

/** The lanes that this scheduler drives now. Whether it may is decided by Postgres, never here. */
export class Lanes {
  private readonly active = new Map<string, ActiveRun>();
  private isClosing = false;

  constructor(private readonly parts: LaneParts) {}

  /** Somebody's step moved. */
  wakeAll(): void {
    for (const { driver } of this.active.values()) driver.wake();
  }

  /** What the steps of all runs that we drive wait for. */
  waiting(): readonly WaitingCount[] {
    return [...this.active.values()].flatMap(({ driver }) => driver.waiting());
  }

  isDriving(lane: string): boolean {
    return this.active.has(lane);
  }

  /** Looks at the lane: starts its oldest queued task if it is idle. @returns when that task has ended */
  async look(lane: string, onProgress: (percent: number) => void): Promise<void> {
    const run = await this.begin(lane, () => this.start(lane), onProgress);
    await run?.over;
  }

  /** For the sweep: the job only makes this faster. */
  async startOrTakeOver(lane: string, mayExpire: boolean): Promise<void> {
    const { db, holderId, leaseSeconds } = this.parts;
    await this.begin(lane, async () => {
      const taken = mayExpire ? await takeOverRun(db, lane, holderId, leaseSeconds) : null;
      if (taken) this.parts.log.info('run taken over', { lane, taskId: taken.taskId, epoch: taken.epoch });
      return taken ?? (await this.start(lane));
    });
  }

  async close(): Promise<void> {
    this.isClosing = true;
    for (const { driver } of this.active.values()) driver.stop();
    await Promise.allSettled([...this.active.values()].map(({ over }) => over));
  }

  private async start(lane: string): Promise<RunRef | null> {
    const run = await startNext(this.parts.db, lane, this.parts.holderId);
    if (run) this.parts.log.info('task moved', { move: 'start', lane, taskId: run.taskId });
    return run;
  }

  private async begin(
    lane: string,
    acquire: () => Promise<RunRef | null>,
    onProgress: (percent: number) => void = () => undefined,
  ): Promise<ActiveRun | null> {
    if (this.isClosing || this.active.has(lane)) return null;
    const run = await acquire();
    // Taken while we were closing: its lease ends with our holder, and another takes it over.
    if (!run || this.isClosing) return null;
    const log = this.parts.log.child({ lane, taskId: run.taskId, epoch: run.epoch });
    const driver = new TaskDriver(run, { ...this.parts.drive, log }, onProgress);
    const active = { driver, over: this.finish(lane, run, driver, log) };
    this.active.set(lane, active);
    return active;
  }

  private async finish(lane: string, run: RunRef, driver: TaskDriver, log: Log): Promise<TaskResult | null> {
    log.info('run begun');
    try {
      const result = await driver.drive();
      if (result) await this.parts.tellEnd(run, log);
      log.info('run over', { isOurs: result !== null });
      return result;
    } finally {
      this.active.delete(lane);
      if (!this.isClosing) this.ringNext(lane, run, log);
    }
  }

  private ringNext(lane: string, run: RunRef, log: Log): void {
    const ring = { id: `${run.taskId}-next-${run.epoch}`, name: 'next', data: { format: 1, lane } };
    this.parts.queue
      .ring(laneQueueName(lane), [ring])
      .catch((error: unknown) => log.warn('lane not rung, a sweep will look', { error }));
  }
}
