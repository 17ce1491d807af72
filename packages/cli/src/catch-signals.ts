import type { Interruption } from './surroundings.js';

const signals: readonly Interruption[] = ['SIGINT', 'SIGTERM'];

/** Launchers pass on what a terminal has sent to all of them already: one Ctrl-C comes several times within a moment. */
const sameMilliseconds = 500;

export interface SignalSource {
  on(signal: Interruption, hear: (signal: Interruption) => void): unknown;
  removeListener(signal: Interruption, hear: (signal: Interruption) => void): unknown;
}

/** Hears once of each interruption of a process, which they do not end until that is taken back. */
export function catchSignals(
  source: SignalSource,
  now: () => number,
): (hear: (interruption: Interruption) => void) => () => void {
  return (hear) => {
    let heardAt = -Infinity;
    const hearOnce = (signal: Interruption): void => {
      if (now() - heardAt < sameMilliseconds) return;
      heardAt = now();
      hear(signal);
    };
    for (const signal of signals) source.on(signal, hearOnce);
    return () => {
      for (const signal of signals) source.removeListener(signal, hearOnce);
    };
  };
}
