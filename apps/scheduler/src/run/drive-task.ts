import {
  type BackoffPolicy,
  backoffSeconds,
  type GroupsOf,
  isDrydockError,
  type TaskResult,
  unknownFormat,
} from '@drydock/model';
import { isDatabaseUnavailable, noteTask, readTaskToDrive, releaseRun, type RunRef } from '@drydock/model/db';
import { beginTask } from './begin-task.js';
import type { Beginning } from './beginning.js';
import type { DriveParts } from './drive-parts.js';
import { endUnplanned } from './end-unplanned.js';
import { takeUpTask } from './take-up-task.js';
import { unlessTerminated } from './unless-terminated.js';
import { countWaiting, type WaitingCount } from './count-waiting.js';
import type { CycleParts } from './cycle-parts.js';
import { logCycle } from './log-cycle.js';
import { runCycle } from './run-cycle.js';
import type { RunState } from './run-state.js';

/** Moves are looked for at least this often, whatever notifications said. */
const tickMilliseconds = 1000;
/** Moves that come in quick succession are taken together: a cycle costs the same for one as for many. */
const gatherMilliseconds = 8;
/** After an error, ever longer. */
const trouble: BackoffPolicy = { baseSeconds: 0.5, factor: 2, capSeconds: 30 };
/** Errors in a row that are not the database's absence: then the user is told, once. */
const toldAfter = 3;
/** Re-considered of every full group at each tick. */
const unparkedPerTick = 8;

/** Drives one run from wherever its task stands to its end, or until the run is lost. */
export class TaskDriver {
  private wakeUp: (() => void) | null = null;
  private isOwed = false;
  private isStopped = false;
  private failures = 0;
  private state: RunState | null = null;

  constructor(
    private readonly run: RunRef,
    private readonly parts: DriveParts,
    private readonly onProgress: (percent: number) => void,
  ) {}

  /** Something may have moved. */
  wake(): void {
    this.isOwed = true;
    this.wakeUp?.();
  }

  /** What its steps wait for; nothing before there is a plan. */
  waiting(): readonly WaitingCount[] {
    return this.state === null ? [] : countWaiting(this.state);
  }

  /** Stops driving at the next moment; the task goes on under whoever takes the run over. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  /** @returns null when the run was lost or stopped before the end */
  async drive(): Promise<TaskResult | null> {
    while (!this.isStopped) {
      try {
        const begun = await this.begin();
        if (begun === null) return null;
        return begun.kind === 'ended' ? begun.result : await this.cycle(begun.state, begun.groupsOf);
      } catch (error) {
        if (isDrydockError(error, 'run_lost')) {
          this.parts.log.warn('run lost', { ...this.run });
          return null;
        }
        await this.rest(error);
      }
    }
    return null;
  }

  /** For a scheduler of the version that began the task. A sweep tells the user when there is none. */
  private async leaveAlone(why: string): Promise<null> {
    this.parts.log.error('task left alone', { ...this.run, why });
    await releaseRun(this.parts.db, this.run);
    return null;
  }

  /** Before the run is rebuilt from the database and driven on. */
  private async rest(error: unknown): Promise<void> {
    this.parts.log.error('run interrupted, will be rebuilt', { ...this.run, error });
    if (!isDatabaseUnavailable(error)) {
      this.failures += 1;
      if (this.failures === toldAfter) await this.tell(error);
    }
    this.isOwed = false;
    await this.pause(backoffSeconds(trouble, this.failures, 1) * 1000);
  }

  private async tell(error: unknown): Promise<void> {
    const text = `Drydock cannot go on with this task and keeps trying: ${error instanceof Error ? error.message : String(error)}`;
    const note = { text, isError: true, contextType: 'task', context: this.run.taskId };
    try {
      await this.parts.db.transaction((tx) => noteTask(tx, this.run.taskId, [note]));
    } catch (cause) {
      this.parts.log.error('trouble not told', { ...this.run, error: cause });
    }
  }

  /** Plans a new task; takes up one that has a plan where it stands. */
  private async begin(): Promise<Beginning | null> {
    const task = await readTaskToDrive(this.parts.db, this.run.taskId);
    if (!task) return null;
    const unknown = unknownFormat({ ...task, progressFormat: null });
    if (unknown !== null) return await this.leaveAlone(unknown);
    if (task.planFormat !== null) return await takeUpTask(this.run, task, this.parts);
    if (task.status === 'terminating') return await endUnplanned(this.run, this.parts);
    const begun = await unlessTerminated(
      async () => (await readTaskToDrive(this.parts.db, this.run.taskId))?.status === 'terminating',
      (signal) => beginTask(this.run, task, { ...this.parts, signal }),
    );
    return begun ?? (await endUnplanned(this.run, this.parts));
  }

  private async cycle(state: RunState, groupsOf: GroupsOf): Promise<TaskResult | null> {
    this.state = state;
    const cycleParts = this.cycleParts(groupsOf);
    let lastTick = performance.now();
    let shownPercent = -1;
    while (!this.isStopped) {
      this.isOwed = false;
      const startedAt = performance.now();
      const cycled = await runCycle(state, cycleParts);
      const { rings, result, hasMore, now } = cycled;
      this.failures = 0;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      this.parts.log.debug('cycle committed', { moves: cycled.moves, rings: rings.length, durationMs });
      logCycle(this.parts.log, cycled);
      if (rings.length > 0) this.parts.ringSteps(rings);
      if (result) return result;
      if (state.percentEnded !== shownPercent) this.onProgress((shownPercent = state.percentEnded));
      if (!hasMore) await this.pause(pauseBefore(state, now));
      if (!hasMore) await this.gather(startedAt);
      if (performance.now() - lastTick >= tickMilliseconds) {
        lastTick = performance.now();
        state.ready.unparkSome(unparkedPerTick);
      }
    }
    return null;
  }

  private cycleParts(groupsOf: GroupsOf): CycleParts {
    return {
      db: this.parts.db,
      run: this.run,
      stepsPerSlot: this.parts.groupLimits.stepsPerSlot,
      doorAfterMilliseconds: this.parts.groupLimits.doorAfterMilliseconds,
      groupsOf,
      retryPolicy: this.parts.retryPolicy,
      surroundings: { random: this.parts.random, attemptBackoff: this.parts.attemptBackoff },
    };
  }

  private async gather(since: number): Promise<void> {
    const left = gatherMilliseconds - (performance.now() - since);
    if (left > 0 && !this.isStopped) await new Promise((resolve) => setTimeout(resolve, left));
  }

  private async pause(milliseconds: number): Promise<void> {
    if (this.isOwed || this.isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = null;
  }
}

/** @param now the database's clock, a moment ago: timers are by it, and this host's may be ahead of it */
function pauseBefore(state: RunState, now: number): number {
  const at = state.nextWakeAt;
  return at === null ? tickMilliseconds : Math.min(tickMilliseconds, Math.max(1, at - now));
}
