import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 10;

/** Looks until there is a value; what a test waits for happens in another process, which tells nobody. */
export async function awaitValue<Value>(
  look: () => Value | undefined,
  what: string,
  timeoutSeconds = 10,
): Promise<Value> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${timeoutSeconds} s`);
    await delay(pollMs);
  }
}
