import type { BulkObserver, NodeDriver, NodeInventory } from '@drydock/model';
import type { MaasDriverConfig } from './driver-config.js';
import { createMachineInventory } from './machine-inventory.js';
import { createMachineObserver } from './observe-machines.js';
import { createRegion } from './region.js';
import { applyNodeNetworking } from './steps/apply-node-networking.js';
import { applyNodePlatform } from './steps/apply-node-platform.js';
import { applyNodeStorage } from './steps/apply-node-storage.js';
import { configureHardware } from './steps/configure-hardware.js';
import { configureNodeProvisioner } from './steps/configure-node-provisioner.js';
import { configureUserCredentials } from './steps/configure-user-credentials.js';
import { createNetworkTemplate } from './steps/create-network-template.js';
import { deployNode } from './steps/deploy-node.js';
import { destroyNode } from './steps/destroy-node.js';
import { guardedNodeStep, guardedSiteStep } from './steps/guarded.js';
import { identifyNode } from './steps/identify-node.js';
import { lookForNode } from './steps/look-for-node.js';
import { validateNodeServices } from './steps/validate-node-services.js';

export interface MaasDriver {
  readonly driver: NodeDriver;
  readonly observer: BulkObserver;
  readonly inventory: NodeInventory;
  /** Closes idle connections. */
  close(): void;
}

/** The driver of one MAAS region. Sends nothing until it is used. @throws DrydockError `invalid_configuration` */
export function createMaasDriver(config: MaasDriverConfig): MaasDriver {
  const region = createRegion(config);
  const driver: NodeDriver = {
    name: config.name,
    validate_node_services: guardedSiteStep(region, validateNodeServices),
    create_network_template: guardedSiteStep(region, createNetworkTemplate),
    configure_user_credentials: guardedSiteStep(region, configureUserCredentials),
    configure_node_provisioner: guardedSiteStep(region, configureNodeProvisioner),
    look_for_node: guardedNodeStep(region, lookForNode),
    identify_node: guardedNodeStep(region, identifyNode),
    configure_hardware: guardedNodeStep(region, configureHardware),
    apply_node_networking: guardedNodeStep(region, applyNodeNetworking),
    apply_node_storage: guardedNodeStep(region, applyNodeStorage),
    apply_node_platform: guardedNodeStep(region, applyNodePlatform),
    deploy_node: guardedNodeStep(region, deployNode),
    destroy_node: guardedNodeStep(region, destroyNode),
  };
  return {
    driver,
    observer: createMachineObserver(region),
    inventory: createMachineInventory(region),
    close: () => region.client.close(),
  };
}
