import type { OobDriver } from '@drydock/model';
import { chooseOobDriver } from './choose-oob-driver.js';
import { Refusal } from './refusal.js';
import { requiredNode } from './required-material.js';
import type { StepCall } from './step-call.js';

type OobVerb = Exclude<keyof OobDriver, 'types'>;

/** A verb of the driver that speaks the node's out-of-band type. */
export function askOobDriver(verb: OobVerb): StepCall {
  return async (drivers, material, context) => {
    const node = requiredNode(verb, material);
    const choice = chooseOobDriver(drivers.oob, node);
    if (choice instanceof Refusal) return choice;
    return choice.driver[verb]({ nodeName: node.name, oob: choice.oob, bootMac: node.bootMac }, context);
  };
}
