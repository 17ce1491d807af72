import type { Effect, StepOutcome } from '@drydock/model';
import { failed, waitSeconds, type StepCall } from './step-call.js';

const readAgainSeconds = 2;

/**
 * Settles what an earlier call announced, before anything else is done to the machine.
 * @param isVisible whether the machine, as just read, shows the effect
 * @returns what the step answers now; null: go on
 */
export async function settleFirst(call: StepCall, isVisible: (effect: Effect) => boolean): Promise<StepOutcome | null> {
  const isSettled = await call.writer.settleOpen(isVisible);
  if (!isSettled) return waitSeconds(call, readAgainSeconds);
  if (!call.context.stopping) return null;
  return failed(call, 'cancelled', 'stopped on request; what was done to the machine so far stays as it is');
}
