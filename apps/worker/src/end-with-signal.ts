import type { StepLog } from '@drydock/model';

export interface RacedCall {
  /** For the log and the error. */
  readonly name: string;
  readonly signal: AbortSignal;
  readonly log: StepLog;
}

/** For a driver to notice its abort, to close what it opened and to say what it knows. */
const graceMilliseconds = 1000;

/**
 * What the call answers; but nobody waits much longer than until its signal is aborted: a driver that ignores the signal
 * must not keep its step. Its late end is logged and counts no more.
 * @throws what the call throws, or an Error that the call did not end; its cause is the reason of the abort
 */
export async function endWithSignal<Answer>(call: Promise<Answer>, { name, signal, log }: RacedCall): Promise<Answer> {
  const race = new AbortController();
  try {
    return await Promise.race([call, tooLate(name, signal, race.signal)]);
  } catch (error) {
    if (error instanceof CallNotEnded) followUp(call, name, log);
    throw error;
  } finally {
    race.abort(raceIsOver);
  }
}

class CallNotEnded extends Error {}

/** An abort without a reason makes an error with its stack, for every call. */
const raceIsOver = 'the race is over';

/** Rejects a while after the abort, unless the race is over before. */
function tooLate(name: string, signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const begin = (): void => {
      const timer = setTimeout(() => {
        const { reason: cause } = signal as { readonly reason: unknown };
        const why = cause instanceof Error ? cause.message : String(cause);
        const text = `${name} did not end within ${graceMilliseconds / 1000} s after it was aborted (${why})`;
        reject(new CallNotEnded(text, { cause }));
      }, graceMilliseconds);
      over.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true, signal: over });
  });
}

function followUp(call: Promise<unknown>, name: string, log: StepLog): void {
  const since = performance.now();
  const ended = (facts: Readonly<Record<string, unknown>>) =>
    log.warn('call ended late', { name, lateMs: Math.round(performance.now() - since), ...facts });
  log.error('call given up', { name });
  call.then(
    () => ended({}),
    (error: unknown) => ended({ error }),
  );
}
