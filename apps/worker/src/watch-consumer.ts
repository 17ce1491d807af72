import { type Consumer, type QueueBackend, stepsQueueName } from '@drydock/queue';
import type { Log } from '@drydock/runtime';

const everyMilliseconds = 2000;
/** Jobs wait, slots are free, and nothing was picked up for this long: the connection only looks alive. */
const silentMilliseconds = 5000;

export interface WatchParts {
  readonly queue: QueueBackend;
  readonly consumer: Consumer;
  readonly hasFreeSlot: () => boolean;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes BullMQ's worker anew when it has gone deaf: known after failovers of Redis (field notes C3, 18). */
export function watchConsumer(parts: WatchParts): { close(): Promise<void> } {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let silentSince: number | null = null;
  let running: Promise<void> = Promise.resolve();
  let recreated = 0;

  const look = async (): Promise<void> => {
    const { waiting } = await parts.queue.counts(stepsQueueName);
    const pickedUpAt = parts.consumer.pickedUpAt ?? 0;
    const isSilent = waiting > 0 && parts.hasFreeSlot() && parts.now() - pickedUpAt > silentMilliseconds;
    if (!isSilent) {
      silentSince = null;
      return;
    }
    silentSince ??= parts.now();
    if (parts.now() - silentSince < silentMilliseconds) return;
    recreated += 1;
    silentSince = null;
    parts.log.warn('consumer made anew', { waiting, recreated });
    await parts.consumer.recreate();
  };
  const once = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      parts.log.warn('consumer not watched', { error });
    }
    if (!isClosed) timer = setTimeout(next, everyMilliseconds);
  };
  const next = (): void => {
    running = once();
  };
  timer = setTimeout(next, everyMilliseconds);
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
