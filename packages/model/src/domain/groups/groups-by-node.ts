import type { Verb } from '../verbs.js';
import type { GroupLimits } from './group-limits.js';
import { groupNeeds } from './group-needs.js';
import type { GroupNeed } from './group.js';

/** What decides the groups of a node's steps, as a snapshot says it. */
export interface GroupFacts {
  readonly name: string;
  readonly rack: string | null;
  readonly oobType: string | null;
  readonly bmcAddress: string | null;
  readonly bmcPort: number | null;
}

/** What decides the groups of a step besides its node. */
export interface GroupedStep {
  readonly verb: Verb;
  readonly nodeName: string | null;
}

export type GroupsOf = (step: GroupedStep) => readonly GroupNeed[];

/** Ports that BMCs listen on when the design does not say (04 §10). */
const defaultBmcPort: Readonly<Record<string, number>> = { ipmi: 623, redfish: 443 };

/** The groups of a step, from what the snapshot says of its node. */
export function groupsByNode(nodes: readonly GroupFacts[], provisioner: string, limits: GroupLimits): GroupsOf {
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

function bmcOf(node: GroupFacts | undefined): string | null {
  if (!node?.bmcAddress) return null;
  return `${node.bmcAddress}:${node.bmcPort ?? defaultBmcPort[node.oobType ?? ''] ?? 0}`;
}
