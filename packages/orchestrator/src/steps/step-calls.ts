import type { Verb } from '@drydock/model';
import { askKubernetesDriver } from './ask-kubernetes-driver.js';
import { askNodeDriver } from './ask-node-driver.js';
import { askOobDriver } from './ask-oob-driver.js';
import { reportBootActions } from './bootaction-report.js';
import { deployInput } from './deploy-input.js';
import { renderKernelParameters } from './kernel-parameters.js';
import { configuredInterfaces, notesOnBonds, wantedInterfaces } from './networking-input.js';
import { nodeInput } from './node-input.js';
import { Refusal } from './refusal.js';
import { requiredNode, requiredReports, requiredSite } from './required-material.js';
import { deviceResolver } from './resolve-devices.js';
import type { StepCall } from './step-call.js';
import type { StepMaterial } from './step-material.js';

/** What each verb tells which driver. */
export const stepCalls = {
  validate_node_services: askNodeDriver('validate_node_services', { input: () => ({}) }),
  create_network_template: askNodeDriver('create_network_template', {
    input: (material) => {
      const site = requiredSite('create_network_template', material);
      return { links: site.networkLinks, networks: site.networks };
    },
  }),
  configure_user_credentials: askNodeDriver('configure_user_credentials', {
    input: (material) => ({
      authorizedKeys: requiredSite('configure_user_credentials', material).authorizedKeys,
    }),
  }),
  configure_node_provisioner: askNodeDriver('configure_node_provisioner', {
    input: (material) => ({ repositories: requiredSite('configure_node_provisioner', material).repositories }),
  }),

  interrogate_oob: askOobDriver('interrogate_oob'),
  set_node_boot: askOobDriver('set_node_boot'),
  power_off_node: askOobDriver('power_off_node'),
  power_on_node: askOobDriver('power_on_node'),
  power_cycle_node: askOobDriver('power_cycle_node'),

  look_for_node: askNodeDriver('look_for_node', { input: justTheNode('look_for_node') }),
  identify_node: askNodeDriver('identify_node', { input: justTheNode('identify_node') }),
  configure_hardware: askNodeDriver('configure_hardware', { input: justTheNode('configure_hardware') }),
  apply_node_networking: askNodeDriver('apply_node_networking', {
    devices: (material) =>
      configuredInterfaces(
        requiredNode('apply_node_networking', material),
        requiredSite('apply_node_networking', material),
      ).flatMap(({ slaves }) => slaves),
    remarks: (material) =>
      notesOnBonds(requiredNode('apply_node_networking', material), requiredSite('apply_node_networking', material)),
    input: (material) => {
      const node = requiredNode('apply_node_networking', material);
      const site = requiredSite('apply_node_networking', material);
      const interfaces = wantedInterfaces(node, site, deviceResolver(material.deviceNames));
      return interfaces instanceof Refusal ? interfaces : { ...nodeInput(node), interfaces };
    },
  }),
  apply_node_storage: askNodeDriver('apply_node_storage', {
    devices: (material) => requiredNode('apply_node_storage', material).storage.devices.map(({ name }) => name),
    input: (material) => {
      const node = requiredNode('apply_node_storage', material);
      const resolve = deviceResolver(material.deviceNames);
      const devices = node.storage.devices.map((device) => ({ ...device, name: resolve(device.name) }));
      return { ...nodeInput(node), devices, volumeGroups: node.storage.volumeGroups };
    },
  }),
  apply_node_platform: askNodeDriver('apply_node_platform', {
    input: (material) => {
      const node = requiredNode('apply_node_platform', material);
      const kernelParameters = renderKernelParameters(node);
      if (kernelParameters instanceof Refusal) return kernelParameters;
      return { ...nodeInput(node), kernelParameters, tags: node.tags };
    },
  }),
  deploy_node: askNodeDriver('deploy_node', {
    input: (material) =>
      deployInput(requiredNode('deploy_node', material), requiredSite('deploy_node', material), material.bootActionKey),
  }),
  destroy_node: askNodeDriver('destroy_node', { input: justTheNode('destroy_node') }),

  relabel_node: askKubernetesDriver('relabel_node'),
  bootaction_report: async (_drivers, material, context) => {
    const node = requiredNode('bootaction_report', material);
    const site = requiredSite('bootaction_report', material);
    return reportBootActions({ node, site, ...requiredReports('bootaction_report', material) }, context);
  },
  noop: async () => ({ kind: 'done', notes: [] }),
} as const satisfies Record<Verb, StepCall>;

function justTheNode(verb: Verb) {
  return (material: StepMaterial) => nodeInput(requiredNode(verb, material));
}
