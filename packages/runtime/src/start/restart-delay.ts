const firstMs = 200;
const longestMs = 10_000;
/** A process that lived so long is healthy again: its next crash is a new story. */
const healthyMs = 30_000;

/** How long to wait before a crashed process is started again: doubling from 200 ms to 10 s. */
export function restartDelayMs(earlierRestarts: number, livedMs: number): number {
  return livedMs >= healthyMs ? firstMs : Math.min(longestMs, firstMs * 2 ** earlierRestarts);
}
