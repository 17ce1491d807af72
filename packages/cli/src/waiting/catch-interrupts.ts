import type { Surroundings } from '../surroundings.js';

/** The first two interruptions abort what looks at their signals, with their name as the reason; a third ends the process. */
export interface Interrupts {
  readonly first: AbortSignal;
  readonly second: AbortSignal;
  takeBack(): void;
}

export function catchInterrupts({ onInterrupt }: Surroundings): Interrupts {
  const [first, second] = [new AbortController(), new AbortController()];
  const takeBack = onInterrupt((interruption) => {
    if (!first.signal.aborted) return first.abort(interruption);
    second.abort(interruption);
    takeBack();
  });
  return { first: first.signal, second: second.signal, takeBack };
}
