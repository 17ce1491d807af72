import type { SimulatedDatabase } from './simulated-database.js';
import type { SimulatedQueue } from './simulated-queue.js';
import type { SimulatedStep } from './simulated-step.js';
import type { WorkerPool } from './worker-pool.js';

interface SweepParts {
  readonly db: SimulatedDatabase;
  readonly queue: SimulatedQueue;
  readonly workers: WorkerPool;
  readonly notify: () => void;
}

const unclaimedMilliseconds = 2000;
const lostTooOften = 3;
/** As a day of a real group: long enough for any spacing and ramp to be over. */
const unusedMilliseconds = 60_000;

/** Takes steps from workers whose lease has run out: admitted again with all their places, or ended. */
export function loseSteps({ db, queue, workers, notify }: SweepParts): void {
  for (const step of db.running) {
    if (workers.isAlive(step.holderId)) continue;
    const lostCount = step.lostCount + 1;
    const isOver = lostCount >= lostTooOften;
    const fate = isOver
      ? ({ status: 'ended', end: 'failed', errorClass: 'worker_died' } as const)
      : ({ status: 'admitted' } as const);
    db.change(step, { ...fate, lostCount, moved: true, holderId: null, ...freshRing(step, db.clock.now) });
    if (!isOver) queue.ring([step]);
  }
  workers.serve();
  notify();
}

/** Rings for what was rung a while ago and is neither claimed nor waiting in the queue. */
export function ringUnclaimed({ db, queue, workers }: SweepParts): void {
  const { now } = db.clock;
  for (const step of db.admitted) {
    const isSilent = now - step.rangAt > unclaimedMilliseconds;
    if (!isSilent || queue.isWaiting({ stepId: step.id, ring: step.ring })) continue;
    db.change(step, freshRing(step, now));
    queue.ring([step]);
  }
  workers.serve();
}

/** Forgets groups that nobody has used for long. */
export function purgeGroups({ db }: SweepParts): void {
  const { now } = db.clock;
  for (const [key, { held, lastAdmittedAt, closedUntil }] of db.groups) {
    const isUnused = held === 0 && lastAdmittedAt !== null && now - lastAdmittedAt > unusedMilliseconds;
    if (isUnused && (closedUntil ?? 0) < now) db.groups.delete(key);
  }
}

function freshRing({ ring }: SimulatedStep, now: number): Partial<SimulatedStep> {
  return { ring: ring + 1, rangAt: now, wasRungAgain: true };
}
