import type { InterfaceState, LinkState, MaasMachineState } from '@drydock/maas-simulator';
import type { CompiledNode, CompiledSite, Network, NetworkLink, NodeInterface } from '@drydock/model';
import { devicesOf } from './devices-of.js';
import type { Comparison } from './problem.js';

interface Place {
  readonly node: CompiledNode;
  readonly site: CompiledSite;
}

/** A design interface on a link that Drydock configures. */
interface Port extends Place {
  readonly nic: NodeInterface;
  readonly link: NetworkLink;
  /** Names of the NICs below it. */
  readonly cards: readonly string[];
  /** The bond's name, or that of its one NIC. */
  readonly name: string;
}

/** Bonds, VLANs, MTUs, addresses and the default gateway; and that there is nothing more. */
export function checkNetworking(place: Place, maas: MaasMachineState, comparison: Comparison): void {
  const ports = portsOf(place);
  const accounted = ports.flatMap((port) => checkPort(port, maas.interfaces, comparison));
  const left = leftAlone(place);
  for (const found of maas.interfaces) {
    if (accounted.includes(found) || left.includes(found.name)) continue;
    const addresses = found.links.filter(({ mode }) => mode !== 'link_up');
    if (found.type === 'physical' && addresses.length === 0) continue;
    comparison.note(`interface ${found.name}`, 'not in the design', printLinks(found.links) || found.type);
  }
}

function portsOf({ node, site }: Place): readonly Port[] {
  const { nics } = devicesOf(node);
  return node.interfaces
    .flatMap((nic) => {
      const link = site.networkLinks.find(({ name }) => name === nic.networkLink);
      if (link === undefined || link.isUnconfigured) return [];
      const cards = nic.slaves.map((slave) => nics.find(({ device }) => device === slave)?.name ?? slave);
      const name = link.bonding.mode === 'disabled' ? (cards[0] ?? nic.name) : nic.name;
      return [{ node, site, nic, link, cards, name }];
    })
    .filter((port, _index, ports) => !isInBond(port, ports));
}

/** A NIC that boots the machine by a network of its own and then belongs to a bond. */
function isInBond({ link, cards }: Port, ports: readonly Port[]): boolean {
  if (link.bonding.mode !== 'disabled') return false;
  const bonded = ports.filter((other) => other.link.bonding.mode !== 'disabled').flatMap((other) => other.cards);
  return cards.some((card) => bonded.includes(card));
}

/** NICs of links that Drydock must not touch: what MAAS did with them is none of its business. */
function leftAlone({ node, site }: Place): readonly string[] {
  const unconfigured = site.networkLinks.filter(({ isUnconfigured }) => isUnconfigured).map(({ name }) => name);
  const slaves = node.interfaces
    .filter(({ networkLink }) => networkLink !== null && unconfigured.includes(networkLink))
    .flatMap((nic) => nic.slaves);
  return devicesOf(node)
    .nics.filter(({ device }) => slaves.includes(device))
    .map(({ name }) => name);
}

/** Gives the interfaces of MAAS that it looked at. */
function checkPort(port: Port, found: readonly InterfaceState[], comparison: Comparison): readonly InterfaceState[] {
  const { name, link } = port;
  const main = found.find((candidate) => candidate.name === name);
  if (main === undefined) {
    comparison.note(`interface ${name}`, link.bonding.mode, 'missing');
    return [];
  }
  comparison.expect(`mtu of ${name}`, link.mtu, main.mtu);
  checkBond(port, main, comparison);
  const networks = port.nic.networks.flatMap((wanted) => port.site.networks.find(({ name }) => name === wanted) ?? []);
  const native = networks.filter((network) => network.name === link.nativeNetwork);
  const tagged = networks.filter((network) => network.name !== link.nativeNetwork);
  comparison.expect(`vlan of ${name}`, native[0]?.vlanId ?? 0, main.vlan?.vid ?? null);
  checkLinks({ port, name, networks: native }, main, comparison);
  const children = tagged.flatMap((network) => checkVlan(port, network, { found, comparison }));
  const cards = link.bonding.mode === 'disabled' ? [] : found.filter((card) => main.parents.includes(card.name));
  for (const card of cards) {
    comparison.expect(`addresses of ${card.name}, which is in ${name}`, '', printLinks(card.links));
  }
  return [main, ...children, ...cards];
}

function checkBond({ link, name, cards }: Port, main: InterfaceState, comparison: Comparison): void {
  const { bonding } = link;
  if (bonding.mode === 'disabled') return void comparison.expect(`type of ${name}`, 'physical', main.type);
  comparison.expect(`type of ${name}`, 'bond', main.type);
  comparison.expectSet(`members of ${name}`, cards, main.parents);
  const wanted = {
    bond_mode: bonding.mode,
    bond_xmit_hash_policy: bonding.hash,
    bond_lacp_rate: bonding.peerRate,
    bond_miimon: bonding.monitorRateMilliseconds,
    bond_updelay: bonding.upDelayMilliseconds,
    bond_downdelay: bonding.downDelayMilliseconds,
  };
  for (const [parameter, value] of Object.entries(wanted)) {
    if (value !== null) comparison.expect(`${parameter} of ${name}`, value, main.params[parameter] ?? null);
  }
}

function checkVlan(
  port: Port,
  network: Network,
  { found, comparison }: { readonly found: readonly InterfaceState[]; readonly comparison: Comparison },
): readonly InterfaceState[] {
  const name = `VLAN ${network.vlanId} (${network.name}) on ${port.name}`;
  const isIt = ({ type, parents, vlan }: InterfaceState): boolean =>
    type === 'vlan' && parents.includes(port.name) && vlan?.vid === network.vlanId;
  const [vlan, ...more] = found.filter(isIt);
  if (vlan === undefined) {
    comparison.note(name, 'there', 'missing');
    return [];
  }
  comparison.expect(`interfaces of ${name}`, 1, 1 + more.length);
  comparison.expect(`mtu of ${name}`, network.mtu ?? port.link.mtu, vlan.mtu);
  checkLinks({ port, name, networks: [network] }, vlan, comparison);
  return [vlan, ...more];
}

function checkLinks(
  { port, name, networks }: { readonly port: Port; readonly name: string; readonly networks: readonly Network[] },
  found: InterfaceState,
  comparison: Comparison,
): void {
  const wanted = networks.map((network) => wantedLink(port.node, network));
  comparison.expect(`addresses of ${name}`, printLinks(wanted), printLinks(found.links));
}

function wantedLink({ addressing, primaryNetwork }: CompiledNode, network: Network): LinkState {
  const entry = addressing.find((candidate) => candidate.network === network.name);
  const isStatic = entry?.type === 'static';
  return {
    mode: entry?.type ?? 'link_up',
    cidr: network.cidr,
    ipAddress: isStatic ? entry.address : null,
    isDefaultGateway: isStatic && network.name === primaryNetwork && network.defaultGateway !== null,
  };
}

/** A link of DHCP has whatever address it got; a link without a subnet that is only up says nothing. */
function printLinks(links: readonly LinkState[]): string {
  return links
    .filter(({ mode, cidr }) => mode !== 'link_up' || cidr !== null)
    .map(({ mode, cidr, ipAddress, isDefaultGateway }) => {
      const address = mode === 'dhcp' ? 'any address' : (ipAddress ?? 'no address');
      return `${mode} ${address} in ${cidr}${isDefaultGateway ? ' with the default gateway' : ''}`;
    })
    .toSorted()
    .join(', ');
}
