import type { JournalProblem } from '@drydock/testkit';
import type { Freeze } from './campaign.js';

/** A process that was frozen inside its socket write finishes it within this time after it wakes. */
const lateMilliseconds = 250;

/** Whether the request came from a process that was frozen inside the write itself: nobody can prevent that. */
export function isLateSend({ machine, wallTimeMs }: JournalProblem, freezes: readonly Freeze[]): boolean {
  return freezes.some(
    ({ machines, thawedAtMs }) =>
      machine !== null &&
      machines.has(machine) &&
      wallTimeMs >= thawedAtMs &&
      wallTimeMs <= thawedAtMs + lateMilliseconds,
  );
}
