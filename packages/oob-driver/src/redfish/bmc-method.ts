import { isDrydockError, type DriverMethod, type OobInput, type StepContext, type StepOutcome } from '@drydock/model';
import type { RedfishConfig } from '../oob-config.js';
import { bmcEndpoint } from './bmc-endpoint.js';
import { BmcRefusal } from './bmc-refusal.js';
import { withSession, type RedfishSession } from './redfish-session.js';

export interface BmcCall {
  readonly nodeName: string;
  readonly session: RedfishSession;
  readonly context: StepContext;
  readonly config: RedfishConfig;
}

/**
 * The frame of every method: endpoint, session, and what errors mean.
 * While an announced effect is open nothing ends the step here: whoever drives it decides when the effect counts as unknown.
 */
export function bmcMethod(config: RedfishConfig, act: (call: BmcCall) => Promise<StepOutcome>): DriverMethod<OobInput> {
  return async (input, context) => {
    try {
      const { nodeName } = input;
      return await withSession(bmcEndpoint(input, config), config, context, (session) =>
        act({ nodeName, session, context, config }),
      );
    } catch (error) {
      if (context.openIntent !== null) throw error;
      if (error instanceof BmcRefusal) return failed(error.message, error.errorClass);
      if (context.isLastCall && isDrydockError(error, 'bmc_unavailable')) return failed(error.message, 'unavailable');
      throw error;
    }
  };
}

export function failed(reason: string, errorClass: BmcRefusal['errorClass']): StepOutcome {
  return { kind: 'failed', reason, errorClass, notes: [] };
}
