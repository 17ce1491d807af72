import { planLinks } from './plan-links.js';
import {
  vlanInterfaceName,
  type BondParameters,
  type FoundInterface,
  type FoundNetwork,
  type NetworkChange,
  type WantedPort,
  type WantedVlan,
} from './network-model.js';

/**
 * Found network × wanted ports → changes, in order; empty when the machine is as wanted.
 * Interfaces that the design does not name stay as they are, except bonds, bridges and VLANs: those are in the way,
 * and then restoring comes first, alone.
 */
export function planNetwork(found: FoundNetwork, wanted: readonly WantedPort[]): readonly NetworkChange[] {
  const inTheWay = found.interfaces.find((nic) => !isWanted(nic, wanted, found));
  if (inTheWay !== undefined) {
    const reason = `${inTheWay.type} ${inTheWay.name} is not in the design or not built as there`;
    return [{ kind: 'restore_networking', reason }];
  }
  return wanted.flatMap((port) => [
    ...planPort(found, port),
    ...port.vlans.flatMap((vlan) => planVlan(found, port, vlan)),
  ]);
}

function isWanted(nic: FoundInterface, wanted: readonly WantedPort[], found: FoundNetwork): boolean {
  if (nic.type === 'physical') return true;
  if (nic.type === 'bond') return wanted.some((port) => port.name === nic.name && isSameBuild(nic, port, found));
  if (nic.type !== 'vlan') return false;
  return wanted.some(
    (port) => nic.parents.includes(port.name) && port.vlans.some((vlan) => vlan.vlanId === nic.vlanId),
  );
}

/** A VLAN interface hangs on its bond's VLAN, so a bond on another one is built anew. */
function isSameBuild(nic: FoundInterface, port: WantedPort, found: FoundNetwork): boolean {
  if (port.bond === null) return false;
  const hasChildren = found.interfaces.some((other) => other.type === 'vlan' && other.parents.includes(nic.name));
  return isSameSet(nic.parents, port.bond.parents) && (!hasChildren || nic.vlanId === port.vlanId);
}

function planPort(found: FoundNetwork, port: WantedPort): readonly NetworkChange[] {
  const nic = found.interfaces.find((candidate) => candidate.name === port.name);
  if (port.bond !== null && nic === undefined) return planNewBond(found, port, port.bond);
  if (nic === undefined) return [];
  const changes: NetworkChange[] = [];
  if (nic.vlanId !== port.vlanId || nic.mtu !== port.mtu) changes.push(update(port.name, port));
  if (port.bond !== null && !hasBondParameters(nic.bond, port.bond)) {
    changes.push({ kind: 'update_bond', name: port.name, bond: bondParametersOf(port.bond) });
  }
  // Moving to another VLAN drops the links of the old one.
  const links = nic.vlanId === port.vlanId ? nic.links : [];
  return [...changes, ...planLinks({ name: port.name, links }, port.links, found.gatewayLinkIds)];
}

function planNewBond(
  found: FoundNetwork,
  port: WantedPort,
  bond: NonNullable<WantedPort['bond']>,
): readonly NetworkChange[] {
  const parents = bond.parents.flatMap((name) => {
    const nic = found.interfaces.find((candidate) => candidate.name === name);
    const isReady = nic === undefined || (nic.vlanId === port.vlanId && nic.mtu === port.mtu);
    return isReady ? [] : [update(name, port)];
  });
  return [
    ...parents,
    {
      kind: 'create_bond',
      name: port.name,
      parents: bond.parents,
      bond: bondParametersOf(bond),
      vlanId: port.vlanId,
      mtu: port.mtu,
    },
    ...planLinks({ name: port.name, links: [] }, port.links, found.gatewayLinkIds),
  ];
}

function planVlan(found: FoundNetwork, port: WantedPort, vlan: WantedVlan): readonly NetworkChange[] {
  const nic = found.interfaces.find(
    (candidate) =>
      candidate.type === 'vlan' && candidate.vlanId === vlan.vlanId && candidate.parents.includes(port.name),
  );
  const { vlanId, vid, mtu } = vlan;
  if (nic === undefined) {
    const name = vlanInterfaceName(port.name, vid);
    return [
      { kind: 'create_vlan', parent: port.name, vlanId, vid, mtu },
      ...planLinks({ name, links: [] }, vlan.links, found.gatewayLinkIds),
    ];
  }
  const changes: NetworkChange[] = nic.mtu === mtu ? [] : [update(nic.name, vlan)];
  return [...changes, ...planLinks({ name: nic.name, links: nic.links }, vlan.links, found.gatewayLinkIds)];
}

function update(name: string, target: { readonly vlanId: number; readonly mtu: number }): NetworkChange {
  return { kind: 'update_interface', name, vlanId: target.vlanId, mtu: target.mtu };
}

function bondParametersOf(bond: BondParameters): BondParameters {
  const { mode, hash, lacpRate, monitorMilliseconds, upDelayMilliseconds, downDelayMilliseconds } = bond;
  return { mode, hash, lacpRate, monitorMilliseconds, upDelayMilliseconds, downDelayMilliseconds };
}

/** Parameters that the design leaves open may be anything. */
function hasBondParameters(found: BondParameters | null, wanted: BondParameters): boolean {
  const parameters = Object.entries(bondParametersOf(wanted)) as [keyof BondParameters, unknown][];
  return parameters.every(([name, value]) => value === null || found?.[name] === value);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
