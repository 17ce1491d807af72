import type { CompiledNode, NodeIdentity, NodeInput } from '@drydock/model';

/** Types of which a machine is known by the address of its BMC; all others by its boot MAC (reference 04 §5). */
const typesFoundByAddress: readonly string[] = ['ipmi', 'redfish'];

export function nodeInput(node: CompiledNode): NodeInput {
  return { node: nodeIdentity(node), oob: node.oob };
}

export function nodeIdentity(node: CompiledNode): NodeIdentity {
  const oobType = node.oob?.type ?? null;
  const isFoundByAddress = oobType !== null && typesFoundByAddress.includes(oobType);
  return {
    name: node.name,
    domain: node.domain,
    oobType,
    bmcAddress: isFoundByAddress ? (node.oob?.address ?? null) : null,
    bootMac: node.bootMac,
  };
}
