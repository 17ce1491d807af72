import type { BulkObserver } from '@drydock/model';
import { type Database, type MoveNotifier, observedKeys, takeLease, wakeObservers } from '@drydock/model/db';
import type { Log } from '@drydock/runtime';

export interface ObserverParts {
  readonly db: Database;
  readonly holderId: string;
  readonly observer: BulkObserver;
  readonly notifier: MoveNotifier;
  readonly log: Log;
  readonly everySeconds: number;
}

/**
 * Asks about all waiting machines of one source in bulk and wakes the steps whose machine changed. One process observes
 * a source at a time, by a lease; it keeps no memory, so that any other can go on at any moment.
 */
export function observeForever(parts: ObserverParts): { close(): Promise<void> } {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let wake: (() => void) | undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, parts.everySeconds * 1000);
    });
  const loop = async () => {
    while (!stop.signal.aborted) {
      await observeOnce(parts, stop.signal);
      if (!stop.signal.aborted) await pause();
    }
  };
  const running = loop();
  return {
    close: async () => {
      stop.abort();
      clearTimeout(timer);
      wake?.();
      await running;
    },
  };
}

async function observeOnce(parts: ObserverParts, signal: AbortSignal): Promise<void> {
  const { source } = parts.observer;
  try {
    if (!(await takeLease(parts.db, `observer:${source}`, parts.holderId))) return;
    const keys = await observedKeys(parts.db, source);
    if (keys.length === 0) return;
    const values = await parts.observer.read(keys, signal);
    const woken = await wakeObservers(
      parts.db,
      source,
      [...values].map(([key, value]) => ({ key, value })),
    );
    for (const { id: stepId, ...step } of woken)
      parts.log.debug('step moved', { move: 'due', stepId, ...step, source });
    if (woken.length > 0) parts.notifier.notify();
  } catch (error) {
    if (!signal.aborted) parts.log.warn('observation failed', { source, error });
  }
}
