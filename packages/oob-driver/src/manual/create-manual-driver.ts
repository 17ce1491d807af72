import type { DriverMethod, OobDriver, OobInput } from '@drydock/model';
import { nodeNote } from '../node-note.js';
import type { ManualConfig } from '../oob-config.js';

type OobVerb = Exclude<keyof OobDriver, 'types'>;

const requests = {
  interrogate_oob: 'see that the machine can be reached',
  set_node_boot: 'set its next boot to network (PXE)',
  power_off_node: 'switch its power off',
  power_on_node: 'switch its power on',
  power_cycle_node: 'switch its power off and on again',
} as const satisfies Record<OobVerb, string>;

/** For machines without a BMC: says what a person must do, gives the time for it, and takes it as done (reference 04 §10.5). */
export function createManualDriver(config: ManualConfig): OobDriver {
  const method = (verb: OobVerb) => manualMethod(requests[verb], config);
  return {
    types: ['manual'],
    interrogate_oob: method('interrogate_oob'),
    set_node_boot: method('set_node_boot'),
    power_off_node: method('power_off_node'),
    power_on_node: method('power_on_node'),
    power_cycle_node: method('power_cycle_node'),
  };
}

function manualMethod(request: string, { delaySeconds }: ManualConfig): DriverMethod<OobInput> {
  return async ({ nodeName }, context) => {
    if (context.stopping) {
      return { kind: 'failed', reason: `stopped while a person was to ${request}`, errorClass: 'cancelled', notes: [] };
    }
    const hasWaited = context.progress !== null;
    if (!hasWaited && delaySeconds > 0 && !context.isLastCall) {
      const text = `node ${nodeName} is switched by hand: ${request} within ${delaySeconds} seconds`;
      return {
        kind: 'waiting',
        wake: { afterSeconds: delaySeconds },
        progress: { format: 1, hasWaited: true },
        notes: [nodeNote(nodeName, text)],
      };
    }
    const text = `node ${nodeName} is switched by hand: somebody was asked to ${request}; taken as done`;
    return { kind: 'done', notes: [nodeNote(nodeName, text)], focus: [{ name: nodeName, isOk: true }] };
  };
}
