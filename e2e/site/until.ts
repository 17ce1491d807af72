import { setTimeout as delay } from 'node:timers/promises';

const pollMilliseconds = 25;

/** Looks again and again until `look` gives something; throws with `what` when it does not within the time. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false> | Found | null | undefined | false,
  timeoutSeconds = 30,
): Promise<Found> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutSeconds} s: ${what}`);
    await delay(pollMilliseconds);
  }
}
