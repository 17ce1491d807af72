import type { KubernetesDriver } from '@drydock/model';
import { driverSetting } from './driver-setting.js';
import { Refusal } from './refusal.js';
import { requiredNode } from './required-material.js';
import type { StepCall } from './step-call.js';

/** A verb of the driver of the cluster that the nodes join. */
export function askKubernetesDriver(verb: keyof KubernetesDriver): StepCall {
  return async (drivers, material, context) => {
    const node = requiredNode(verb, material);
    if (!drivers.kubernetes) {
      return new Refusal(
        'unsupported',
        `the worker has no Kubernetes driver, so the labels of node ${node.name} cannot be set; ` +
          `choose a set of drivers that has one with ${driverSetting}`,
      );
    }
    return drivers.kubernetes[verb]({ nodeName: node.name, labels: node.ownerData }, context);
  };
}
