/**
 * A signal that aborts with the first of these, for the same reason. Unlike that of `AbortSignal.any` it is held by those
 * that it follows: Node 20 collects such a signal, or an `AbortSignal.timeout` under it, as garbage while a call waits for
 * nothing else, and the call is never aborted.
 */
export function joinSignals(...signals: readonly AbortSignal[]): AbortSignal {
  const joined = new AbortController();
  for (const signal of signals) {
    const follow = (): void => joined.abort(signal.reason);
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true });
  }
  return joined.signal;
}
