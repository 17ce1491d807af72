import type { Network, NetworkLink } from '@drydock/model';
import type {
  FabricDocument,
  IpRangeDocument,
  RackDocument,
  StaticRouteDocument,
  SubnetDocument,
  VlanDocument,
} from '../resources/site-documents.js';

/** Everything site-wide about networks that MAAS has. */
export interface FoundTopology {
  readonly fabrics: readonly FabricDocument[];
  readonly subnets: readonly SubnetDocument[];
  readonly ranges: readonly IpRangeDocument[];
  readonly routes: readonly StaticRouteDocument[];
  readonly domainNames: readonly string[];
  /** Only those that can serve DHCP. */
  readonly racks: readonly RackDocument[];
}

/** What a change or problem is about, as the user's messages say it. */
export interface TopologySubject {
  readonly contextType: 'network' | 'network_link';
  readonly name: string;
}

type Value = string | number | boolean | null | readonly string[];

/** One request. `fields` are MAAS's form fields. */
export interface TopologyChange {
  readonly subject: TopologySubject;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly fields: Readonly<Record<string, Value>>;
  /** For the user: `create subnet 10.0.0.0/24`. */
  readonly text: string;
}

/** What no change of ours can repair. */
export interface TopologyProblem {
  readonly subject: TopologySubject;
  readonly text: string;
}

export interface TopologyPlan {
  readonly changes: readonly TopologyChange[];
  readonly problems: readonly TopologyProblem[];
}

export const emptyPlan: TopologyPlan = { changes: [], problems: [] };

export function joinPlans(plans: readonly TopologyPlan[]): TopologyPlan {
  return { changes: plans.flatMap(({ changes }) => changes), problems: plans.flatMap(({ problems }) => problems) };
}

/** A link of the design with its networks, and the fabric that it is in MAAS, if there is one. */
export interface PlacedLink {
  readonly link: NetworkLink;
  readonly networks: readonly Network[];
  readonly fabric: FabricDocument | null;
}

export function subjectOfNetwork(network: Network): TopologySubject {
  return { contextType: 'network', name: network.name };
}

export function subjectOfLink(link: NetworkLink): TopologySubject {
  return { contextType: 'network_link', name: link.name };
}

export function vlanOfNetwork(fabric: FabricDocument | null, network: Network): VlanDocument | undefined {
  return fabric?.vlans.find((vlan) => vlan.vid === network.vlanId);
}

export function subnetOfNetwork(found: FoundTopology, network: Network): SubnetDocument | undefined {
  return found.subnets.find((subnet) => subnet.cidr === network.cidr);
}
