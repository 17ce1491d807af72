/** At most so many things at once; the rest wait in order. */
export interface Lane {
  /** Runs `act` when there is room. @throws the signal's reason when it aborts while waiting */
  run<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T>;
}

export function createLane(limit: number): Lane {
  let active = 0;
  const waiting = new Set<() => void>();

  const enter = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (active < limit) {
      active += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.delete(admit);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      waiting.add(admit);
      signal.addEventListener('abort', leave, { once: true });
    });
  };

  const leave = () => {
    const [next] = waiting;
    if (next === undefined) {
      active -= 1;
      return;
    }
    // The place passes on to the next in line; `active` stays.
    waiting.delete(next);
    next();
  };

  return {
    async run(signal, act) {
      await enter(signal);
      try {
        return await act();
      } finally {
        leave();
      }
    },
  };
}
