import type { NetworkLink, WantedInterface, WantedNetwork } from '@drydock/model';
import type { FabricDocument, SubnetDocument, VlanDocument } from '../resources/site-documents.js';
import type { BondParameters, WantedLink, WantedPort, WantedVlan } from './network-model.js';

export interface Topology {
  readonly fabrics: readonly FabricDocument[];
  readonly subnets: readonly SubnetDocument[];
}

export type Wish = { readonly ports: readonly WantedPort[] } | { readonly problems: readonly string[] };

const repairSite = 'run prepare_site';

/** The design's interfaces in terms of MAAS's ids, or everything that is missing for that. */
export function wantNetwork(interfaces: readonly WantedInterface[], topology: Topology): Wish {
  const problems: string[] = [];
  const ports = interfaces.flatMap((nic) => portOf(nic, topology, problems) ?? []);
  return problems.length > 0 ? { problems } : { ports };
}

function portOf(nic: WantedInterface, topology: Topology, problems: string[]): WantedPort | null {
  const name = nameOf(nic, problems);
  const untagged = untaggedVlan(nic, topology);
  if (untagged === undefined) {
    problems.push(`MAAS has no fabric for network link ${nic.link.name} of interface ${nic.name}; ${repairSite}`);
    return null;
  }
  if (name === null) return null;
  const native = nic.networks.filter((wish) => wish.isNative);
  const tagged = nic.networks.filter((wish) => !wish.isNative);
  return {
    name,
    bond: isBond(nic.link) ? { ...bondOf(nic.link), parents: nic.slaves } : null,
    vlanId: untagged.id,
    mtu: nic.link.mtu,
    links: native.flatMap((wish) => linkOf(wish, topology, problems) ?? []),
    vlans: tagged.flatMap((wish) => vlanOf(wish, { nic, topology }, problems) ?? []),
  };
}

function isBond(link: NetworkLink): boolean {
  return link.bonding.mode !== 'disabled';
}

function nameOf(nic: WantedInterface, problems: string[]): string | null {
  if (isBond(nic.link)) {
    if (nic.slaves.length > 0) return nic.name;
    problems.push(`bond ${nic.name} has no slaves; name them in the design`);
    return null;
  }
  const [only, ...others] = nic.slaves;
  if (only !== undefined && others.length === 0) return only;
  problems.push(
    `interface ${nic.name} needs exactly one slave, it has ${nic.slaves.length}; correct the design, or give its link a bonding mode`,
  );
  return null;
}

function bondOf(link: NetworkLink): BondParameters {
  const { bonding } = link;
  return {
    mode: bonding.mode,
    hash: bonding.hash,
    lacpRate: bonding.peerRate,
    monitorMilliseconds: bonding.monitorRateMilliseconds,
    upDelayMilliseconds: bonding.upDelayMilliseconds,
    downDelayMilliseconds: bonding.downDelayMilliseconds,
  };
}

/** By the networks' CIDRs first: MAAS may have renamed the fabric (reference 04 §15.7). */
function untaggedVlan(nic: WantedInterface, topology: Topology): VlanDocument | undefined {
  const native = nic.networks.find((wish) => wish.isNative);
  const nativeSubnet = native === undefined ? undefined : subnetOf(native, topology);
  if (nativeSubnet !== undefined) return nativeSubnet.vlan;
  const known = nic.networks.map((wish) => subnetOf(wish, topology)).find((subnet) => subnet !== undefined);
  const fabric = topology.fabrics.find((candidate) =>
    known === undefined ? candidate.name === nic.link.name : candidate.id === known.vlan.fabric_id,
  );
  return fabric?.vlans.find((vlan) => vlan.vid === 0);
}

function subnetOf(wish: WantedNetwork, topology: Topology): SubnetDocument | undefined {
  return topology.subnets.find((subnet) => subnet.cidr === wish.network.cidr);
}

function vlanOf(
  wish: WantedNetwork,
  place: { readonly nic: WantedInterface; readonly topology: Topology },
  problems: string[],
): WantedVlan | null {
  const link = linkOf(wish, place.topology, problems);
  const subnet = subnetOf(wish, place.topology);
  if (link === null || subnet === undefined) return null;
  if (subnet.vlan.vid === 0) {
    problems.push(
      `network ${wish.network.name} is untagged in MAAS and not the native network of link ${place.nic.link.name}; ${repairSite} or correct vlan ${wish.network.vlanId}`,
    );
    return null;
  }
  const mtu = wish.network.mtu ?? place.nic.link.mtu;
  return { vlanId: subnet.vlan.id, vid: subnet.vlan.vid, mtu, links: [link] };
}

function linkOf(wish: WantedNetwork, topology: Topology, problems: string[]): WantedLink | null {
  const subnet = subnetOf(wish, topology);
  if (subnet === undefined) {
    problems.push(`MAAS has no subnet ${wish.network.cidr} for network ${wish.network.name}; ${repairSite}`);
    return null;
  }
  const { addressing } = wish;
  const isStatic = addressing?.type === 'static';
  return {
    networkName: wish.network.name,
    mode: addressing?.type ?? 'link_up',
    subnetId: subnet.id,
    address: addressing?.type === 'static' ? addressing.address : null,
    // MAAS refuses it for other modes and for a subnet without gateway (reference 04 W-39).
    isDefaultGateway: wish.isPrimary && isStatic && Boolean(subnet.gateway_ip),
  };
}
