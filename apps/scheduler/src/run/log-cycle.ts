import { unknownEffectSeconds } from '@drydock/model';
import type { Log } from '@drydock/runtime';
import type { OwnMove } from './cycle-changes.js';
import type { CycleResult } from './run-cycle.js';

/** Ends are few and are looked for later; what only leads to a call is followed by the line of that call. */
const levels = { admit: 'debug', due: 'debug', skip: 'info', cancel: 'info' } as const satisfies Record<
  OwnMove['event'],
  keyof Log
>;

/** One line per move that the scheduler made. After the commit, so that the log tells nothing that did not happen. */
export function logCycle(log: Log, cycled: Pick<CycleResult, 'ownMoves' | 'fresh' | 'exhausted' | 'shutGroups'>): void {
  for (const { event, step } of cycled.ownMoves) {
    const { verb, nodeName, attempt } = step.planned;
    log[levels[event]]('step moved', { move: event, stepId: step.id, verb, nodeName, attempt });
  }
  for (const { steps, delaySeconds } of cycled.fresh) {
    const [first] = steps;
    if (!first) continue;
    const { verb, nodeName, attempt } = first;
    log.info('attempt added', { verb, nodeName, attempt, steps: steps.length, delaySeconds });
  }
  for (const { step, budget } of cycled.exhausted) {
    const { verb, nodeName, attempt } = step.planned;
    log.warn('retry budget used up', { budget, stepId: step.id, verb, nodeName, attempt });
  }
  for (const group of cycled.shutGroups) {
    log.warn('group shut, an effect is unknown', { group, seconds: unknownEffectSeconds });
  }
}
