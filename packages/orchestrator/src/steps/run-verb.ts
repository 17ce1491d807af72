import type { StepContext, StepOutcome, Verb } from '@drydock/model';
import { openSecrets } from './open-secrets.js';
import { Refusal } from './refusal.js';
import { stepCalls } from './step-calls.js';
import type { StepCall } from './step-call.js';
import type { StepDrivers } from './step-drivers.js';
import type { StepMaterial } from './step-material.js';

/**
 * Computes what the driver is told, asks it, and hands back its answer. What cannot work whatever is tried (no driver, a
 * contradiction in the design) is a `failed` outcome, never a throw. A throw of a driver passes: it could not find out.
 * @throws DrydockError `internal` when the material that `materialNeeds` asks for was not loaded
 */
export async function runVerb(
  verb: Verb,
  drivers: StepDrivers,
  material: StepMaterial,
  context: StepContext,
): Promise<StepOutcome> {
  const call: StepCall = stepCalls[verb];
  const answer = await call(drivers, openSecrets(material), context);
  if (!(answer instanceof Refusal)) return answer;
  return { kind: 'failed', errorClass: answer.errorClass, reason: answer.reason, notes: [] };
}
