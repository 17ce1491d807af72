import { orAborted } from './or-aborted.js';

/** A read that many callers share: one at a time is under way, and its answer serves for a short time. */
export interface ShortLivedRead<T> {
  get(signal: AbortSignal): Promise<T>;
  /** The next `get` reads anew. */
  forget(): void;
  /** Adds to the answer what a write just made, so that nobody has to read it. */
  amend(change: (answer: T) => T): void;
}

/** @param now monotonic milliseconds */
export function createShortLivedRead<T>(
  read: (signal: AbortSignal) => Promise<T>,
  lifeMs: number,
  now: () => number = () => performance.now(),
): ShortLivedRead<T> {
  let latest: { readonly answer: Promise<T>; readonly startedAt: number } | null = null;

  const begin = (): Promise<T> => {
    // Shared by callers of different steps, so no single caller's signal may end it; the client's time limit does.
    const answer = read(new AbortController().signal);
    const begun = { answer, startedAt: now() };
    latest = begun;
    answer.catch(() => {
      if (latest === begun) latest = null;
    });
    return answer;
  };

  return {
    async get(signal) {
      signal.throwIfAborted();
      const isFresh = latest !== null && now() - latest.startedAt <= lifeMs;
      const answer = isFresh && latest !== null ? latest.answer : begin();
      return await orAborted(answer, signal);
    },
    forget() {
      latest = null;
    },
    amend(change) {
      if (latest === null) return;
      const answer = latest.answer.then(change);
      // Whoever asks for it learns of its failure.
      answer.catch(() => undefined);
      latest = { answer, startedAt: latest.startedAt };
    },
  };
}
