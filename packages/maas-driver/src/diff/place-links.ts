import type { Network, NetworkLink } from '@drydock/model';
import {
  joinPlans,
  subjectOfLink,
  subnetOfNetwork,
  type FoundTopology,
  type PlacedLink,
  type TopologyPlan,
} from './topology-model.js';

export interface Placement {
  readonly links: readonly PlacedLink[];
  readonly plan: TopologyPlan;
}

/** Which fabric each link of the design is: by the subnets that MAAS has discovered, else by name, else a new one. */
export function placeLinks(
  found: FoundTopology,
  links: readonly NetworkLink[],
  networks: readonly Network[],
): Placement {
  const claimed = new Map<number, string>();
  const placed: PlacedLink[] = [];
  const plans: TopologyPlan[] = [];
  for (const link of links.filter((candidate) => !candidate.isUnconfigured)) {
    const one = placeLink({ found, claimed, networks }, link);
    plans.push(one.plan);
    if (one.placed !== null) placed.push(one.placed);
  }
  return { links: placed, plan: joinPlans(plans) };
}

interface Ground {
  readonly found: FoundTopology;
  /** Fabric id → the link that it was given to. */
  readonly claimed: Map<number, string>;
  readonly networks: readonly Network[];
}

function placeLink(
  ground: Ground,
  link: NetworkLink,
): { readonly placed: PlacedLink | null; readonly plan: TopologyPlan } {
  const { found } = ground;
  const subject = subjectOfLink(link);
  const problem = (text: string) => ({ changes: [], problems: [{ subject, text }] });
  const unknown = link.allowedNetworks.filter((name) => !ground.networks.some((network) => network.name === name));
  if (unknown.length > 0) {
    return {
      placed: null,
      plan: problem(`link ${link.name} allows networks that the design does not define: ${unknown.join(', ')}`),
    };
  }
  const own = ground.networks.filter(
    (network) => link.allowedNetworks.includes(network.name) && !network.isUnconfigured,
  );
  const fabricIds = new Set(own.flatMap((network) => subnetOfNetwork(found, network)?.vlan.fabric_id ?? []));
  if (fabricIds.size > 1) {
    const text = `the networks of link ${link.name} are on ${fabricIds.size} fabrics in MAAS; move their subnets to one fabric there, or split the link in the design`;
    return { placed: null, plan: problem(text) };
  }
  const [fabricId] = fabricIds;
  const fabric = found.fabrics.find((candidate) =>
    fabricId === undefined ? candidate.name === link.name : candidate.id === fabricId,
  );
  const placed = { link, networks: own, fabric: fabric ?? null };
  if (fabric === undefined) {
    const change = {
      subject,
      method: 'POST' as const,
      path: 'fabrics/',
      fields: { name: link.name },
      text: `create fabric ${link.name}`,
    };
    return { placed, plan: { changes: [change], problems: [] } };
  }
  // A fabric that two links share keeps the name of the first.
  const isShared = ground.claimed.has(fabric.id);
  if (!isShared) ground.claimed.set(fabric.id, link.name);
  if (isShared || fabric.name === link.name) return { placed, plan: { changes: [], problems: [] } };
  const rename = {
    subject,
    method: 'PUT' as const,
    path: `fabrics/${fabric.id}/`,
    fields: { name: link.name },
    text: `rename fabric ${fabric.name} to ${link.name}`,
  };
  return { placed, plan: { changes: [rename], problems: [] } };
}
