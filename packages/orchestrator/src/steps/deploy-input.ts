import type { CompiledNode, CompiledSite, DeployNodeInput } from '@drydock/model';
import { mergedPackages } from './merged-packages.js';
import { nodeInput } from './node-input.js';

export function deployInput(node: CompiledNode, site: CompiledSite, bootActionKey: string | null): DeployNodeInput {
  return {
    ...nodeInput(node),
    image: node.image,
    kernel: node.kernel,
    ownerData: node.ownerData,
    bootActionKey,
    packages: mergedPackages(node, site),
  };
}
