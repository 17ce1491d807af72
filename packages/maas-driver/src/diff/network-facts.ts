import type { FoundNetwork, NetworkChange, WantedPort } from './network-model.js';

/** NICs that the design names and the machine does not have. */
export function missingNics(found: FoundNetwork, wanted: readonly WantedPort[]): readonly string[] {
  const present = new Set(found.interfaces.filter((nic) => nic.type === 'physical').map((nic) => nic.name));
  const named = wanted.flatMap((port) => port.bond?.parents ?? [port.name]);
  return [...new Set(named.filter((name) => !present.has(name)))];
}

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** What a change is about, small enough for an announcement: two changes with equal facts are one. */
export function networkFacts(change: NetworkChange): Facts {
  switch (change.kind) {
    case 'restore_networking':
      return {};
    case 'update_interface':
      return { name: change.name, vlanId: change.vlanId, mtu: change.mtu };
    case 'update_bond':
      return { name: change.name, parameters: Object.values(change.bond).join(' ') };
    case 'create_bond':
      return { name: change.name, parents: change.parents.join(' ') };
    case 'create_vlan':
      return { parent: change.parent, vlanId: change.vlanId };
    case 'unlink_subnet':
      return { name: change.name, linkId: change.linkId };
    case 'link_subnet': {
      const { mode, subnetId, address, isDefaultGateway } = change.link;
      return { name: change.name, mode, subnetId, address, isDefaultGateway };
    }
  }
}

/** One line for the user: the interface, what is wanted of it, and what it has. */
export function describeNetworkChange(change: NetworkChange, found: FoundNetwork): string {
  const name = 'name' in change ? change.name : 'parent' in change ? change.parent : '';
  const nic = found.interfaces.find((candidate) => candidate.name === name);
  const wanted = Object.entries(networkFacts(change)).map(([fact, value]) => `${fact} ${String(value)}`);
  const got =
    nic === undefined
      ? 'nothing'
      : `vlanId ${nic.vlanId}, mtu ${nic.mtu}, links ${nic.links.map((link) => `${link.mode} ${link.address ?? ''}`.trim()).join(' + ') || 'none'}`;
  const reason = change.kind === 'restore_networking' ? change.reason : `wanted ${wanted.join(', ')}; got ${got}`;
  return `${change.kind.replaceAll('_', ' ')}: ${reason}`;
}
