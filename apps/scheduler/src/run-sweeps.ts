import type { SweepParts } from './sweep-parts.js';
import { type Sweep, sweeps } from './sweeps.js';

/** Runs every sweep by its own clock. A sweep never overlaps itself, and one that fails is tried again. */
export function runSweeps(parts: SweepParts): { close(): Promise<void> } {
  const loops = sweeps.map((sweep) => repeat(sweep, parts));
  return {
    close: async () => {
      await Promise.all(loops.map((loop) => loop.close()));
    },
  };
}

function repeat(sweep: Sweep, parts: SweepParts): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      await sweep.run(parts);
    } catch (error) {
      parts.log.warn('sweep failed', { sweep: sweep.name, error });
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
