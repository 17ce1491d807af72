import { type Effect, type StepOutcome, verbs } from '@drydock/model';
import type { ClaimedStep } from '@drydock/model/db';

/**
 * A step keeps its places until its intents are settled (house §3.7): only `waiting` is an answer while one is open.
 * @returns why any other is refused, naming the driver and the effect; null: it is not
 */
export function refusedAnswer(outcome: StepOutcome, step: ClaimedStep, unsettledEffect: Effect | null): string | null {
  if (unsettledEffect === null || outcome.kind === 'waiting') return null;
  const why = outcome.kind === 'failed' ? ` (${outcome.reason})` : '';
  return (
    `the ${verbs[step.verb].driver} driver answered "${outcome.kind}"${why} to ${step.verb} while its effect ` +
    `${JSON.stringify(unsettledEffect)} is not settled; the answer does not count`
  );
}
