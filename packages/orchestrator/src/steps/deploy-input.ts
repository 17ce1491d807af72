import type { CompiledNode, CompiledSite, DeployNodeInput } from '@drydock/model';
import { mergedPackages } from './merged-packages.js';
import { nodeInput } from './node-input.js';

/** The boot-action key stays null until boot actions are delivered. */
export function deployInput(node: CompiledNode, site: CompiledSite): DeployNodeInput {
  return {
    ...nodeInput(node),
    image: node.image,
    kernel: node.kernel,
    ownerData: node.ownerData,
    bootActionKey: null,
    packages: mergedPackages(node, site),
  };
}
