import { type GroupLimits, type GroupNeed, groupNeeds, type PlannedStep } from '@drydock/model';
import type { NodeFacts } from '@drydock/model/db';

/** Ports that BMCs listen on when the design does not say (04 §10). */
const defaultBmcPort: Readonly<Record<string, number>> = { ipmi: 623, redfish: 443 };

export type GroupsOf = (step: PlannedStep) => readonly GroupNeed[];

/** The groups of a step, from what the snapshot says of its node. */
export function groupsByNode(nodes: readonly NodeFacts[], provisioner: string, limits: GroupLimits): GroupsOf {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return ({ verb, nodeName }) => {
    const node = nodeName === null ? undefined : byName.get(nodeName);
    return groupNeeds(
      verb,
      { provisioner, nodeName, rack: node?.rack ?? null, oobType: node?.oobType ?? null, bmc: bmcOf(node) },
      limits,
    );
  };
}

function bmcOf(node: NodeFacts | undefined): string | null {
  if (!node?.bmcAddress) return null;
  return `${node.bmcAddress}:${node.bmcPort ?? defaultBmcPort[node.oobType ?? ''] ?? 0}`;
}
