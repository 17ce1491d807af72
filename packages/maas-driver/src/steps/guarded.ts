import type { DriverMethod, NodeInput, StepContext, StepOutcome } from '@drydock/model';
import { isMaasError, maasErrorKinds } from '../http/maas-error.js';
import type { Region } from '../region.js';
import { createStepCall, failed, waitSeconds, type NodeStep, type SiteStep, type StepCall } from './step-call.js';

const busyWaitSeconds = 2;

/** Makes a driver's method of a step on a node. */
export function guardedNodeStep<Input extends NodeInput>(region: Region, step: NodeStep<Input>): DriverMethod<Input> {
  return (input, context) => guarded(createStepCall(region, context, input.node.name), (call) => step(input, call));
}

/** Makes a driver's method of a step on the site. */
export function guardedSiteStep<Input>(region: Region, step: SiteStep<Input>): DriverMethod<Input> {
  return (input: Input, context: StepContext) =>
    guarded(createStepCall(region, context, null), (call) => step(input, call));
}

/**
 * A refusal of MAAS ends the step; a busy MAAS lets it wait; everything else is thrown, which means: could not find out.
 * While an announced effect is unsettled nothing ends the step here.
 */
async function guarded(call: StepCall, act: (call: StepCall) => Promise<StepOutcome>): Promise<StepOutcome> {
  try {
    return await act(call);
  } catch (error) {
    if (!isMaasError(error) || call.writer.open !== null) throw error;
    if (error.kind === 'busy' && !call.context.isLastCall) {
      return waitSeconds(call, Math.max(busyWaitSeconds, error.facts.retryAfterSeconds ?? 0));
    }
    const row = maasErrorKinds[error.kind];
    if (row.isTransient) throw error;
    return failed(call, row.errorClass, error.message);
  }
}
