import type { StepMove } from '@drydock/model/db';

/** A worker of a newer version may come meanwhile. */
const lookAgainSeconds = 30;

/** The move of a step of which something stored is of a newer version: this worker may not judge it. */
export function leaveAlone(what: string): StepMove {
  const reason = `${what}: the step is left to a worker of a newer version; start one`;
  return { kind: 'leave', afterSeconds: lookAgainSeconds, reason };
}
