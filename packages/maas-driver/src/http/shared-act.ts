import { orAborted } from './or-aborted.js';

/**
 * Several callers that want one thing done at the same time have it done once, and all learn how it ended. A caller
 * whose signal aborts leaves; the act itself is aborted when all have left.
 */
export interface SharedAct {
  /** @throws what `act` throws, or the reason of `signal` */
  run(name: string, signal: AbortSignal, act: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

interface UnderWay {
  readonly ended: Promise<void>;
  readonly stop: AbortController;
  callers: number;
}

export function createSharedAct(): SharedAct {
  const underWay = new Map<string, UnderWay>();

  const forget = (name: string, one: UnderWay): void => {
    if (underWay.get(name) === one) underWay.delete(name);
  };
  const begin = (name: string, act: (signal: AbortSignal) => Promise<void>): UnderWay => {
    const stop = new AbortController();
    const begun: UnderWay = { ended: act(stop.signal).finally(() => forget(name, begun)), stop, callers: 0 };
    underWay.set(name, begun);
    return begun;
  };

  return {
    async run(name, signal, act) {
      signal.throwIfAborted();
      const one = underWay.get(name) ?? begin(name, act);
      one.callers += 1;
      try {
        await orAborted(one.ended, signal);
      } finally {
        one.callers -= 1;
        if (one.callers === 0) {
          forget(name, one);
          one.stop.abort(new Error('nobody waits for it any more'));
        }
      }
    },
  };
}
