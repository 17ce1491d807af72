import { setTimeout as delay } from 'node:timers/promises';

/** Short against the time in which a client expects its task to stop; a design may be fetched for minutes. */
const lookMilliseconds = 250;

/**
 * Does work that no move of a step interrupts, and aborts its signal when the task is terminated meanwhile.
 * @returns null when the work ended because of that
 * @throws what the work throws otherwise; what `isTerminated` throws, the work being aborted too
 */
export async function unlessTerminated<Result>(
  isTerminated: () => Promise<boolean>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> {
  const abort = new AbortController();
  const over = new AbortController();
  const watching = watch(isTerminated, over.signal);
  const watched = watching.then(
    (isSo) => (isSo ? abort.abort(new Error('the task was terminated')) : undefined),
    (error: unknown) => abort.abort(error),
  );
  try {
    return await work(abort.signal);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    await watching;
    return null;
  } finally {
    over.abort();
    await watched;
  }
}

/** @returns false when it is over before */
async function watch(isTerminated: () => Promise<boolean>, over: AbortSignal): Promise<boolean> {
  for (;;) {
    await delay(lookMilliseconds, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return false;
    if (await isTerminated()) return true;
  }
}
