import { SweepClock } from './sweep-clock.js';
import type { SweepParts } from './sweep-parts.js';
import { type Sweep, sweeps } from './sweeps.js';

export interface RunningSweeps {
  /** Names of sweeps that have not succeeded for three times their interval. */
  late(): readonly string[];
  close(): Promise<void>;
}

/** Runs every sweep by its own clock. A sweep never overlaps itself, and one that fails is tried again. */
export function runSweeps(parts: SweepParts): RunningSweeps {
  const clock = new SweepClock(sweeps, () => performance.now());
  const loops = sweeps.map((sweep) => repeat(sweep, parts, clock));
  return {
    late: () => clock.late(),
    close: async () => {
      await Promise.all(loops.map((loop) => loop.close()));
    },
  };
}

function repeat(sweep: Sweep, parts: SweepParts, clock: SweepClock): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    const startedAt = performance.now();
    const facts = () => ({ sweep: sweep.name, durationMs: Math.round((performance.now() - startedAt) * 10) / 10 });
    try {
      await sweep.run(parts);
      clock.succeeded(sweep.name);
      parts.log.debug('sweep done', facts());
    } catch (error) {
      parts.log.warn('sweep failed', { ...facts(), error });
    }
    if (!isClosed) timer = setTimeout(next, sweep.everySeconds * 1000);
  };
  const next = (): void => {
    running = once();
  };
  next();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
