import type { Verb } from '@drydock/model';
import type { DraftedNeed } from './drafted-step.js';

/** Wait until the node's step of this verb has ended so. An edge waits for an answer, never for a failure. */
export function after(verb: Verb, ended: DraftedNeed['ended'] = 'succeeded'): DraftedNeed {
  return { verb, ended };
}
