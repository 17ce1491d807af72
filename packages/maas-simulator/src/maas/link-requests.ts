import { freeAddress, rangesOf, usedAddresses } from '../network/addresses.js';
import { networkHolds, parseAddress, parseNetwork } from '../network/ip-math.js';
import type { Link, LinkMode, Machine, NetworkInterface } from '../world/machine.js';
import type { Subnet } from '../world/site.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';
import { findSubnet } from './subnet-lookup.js';

const modes: readonly LinkMode[] = ['auto', 'static', 'dhcp', 'link_up'];

/** `op=link_subnet` (05 §8.5). */
export function linkSubnet(call: Call, machine: Machine, nic: NetworkInterface): void {
  const mode = requireMode(call);
  const force = call.form.flag('force');
  const subnet = subnetFor(call, nic, mode, force);
  refuseInBond(machine, nic);
  const isGateway = call.form.flag('default_gateway');
  if (isGateway) requireGateway(mode, subnet);
  const real = nic.links.filter((link) => link.mode !== 'link_up');
  if (mode === 'link_up' && real.length > 0 && !force) {
    throw refuse.field(
      'mode',
      'Cannot configure interface to link up (with no IP address) while other links are already configured. Specify force=True to override this behaviour and unlink all other links.',
    );
  }
  if (mode === 'dhcp' && real.some((link) => link.mode === 'dhcp')) {
    throw refuse.field('mode', `Interface is already set to DHCP from '${subnet?.cidr ?? 'unknown'}'.`);
  }
  const ipAddress = mode === 'static' && subnet !== undefined ? staticAddress(call, subnet) : null;
  const link: Link = { id: call.world.nextId('link'), mode, subnetId: subnet?.id ?? null, ipAddress };
  nic.links = mode === 'link_up' || force ? [link] : [...real, link];
  if (subnet !== undefined) nic.vlanId = subnet.vlanId;
  if (isGateway) machine.gatewayLinkId = link.id;
}

/** `op=unlink_subnet`. */
export function unlinkSubnet(call: Call, machine: Machine, nic: NetworkInterface): void {
  const id = Number(call.form.require('id'));
  if (!nic.links.some((link) => link.id === id)) {
    throw refuse.field('id', `Select a valid choice. ${id} is not one of the available choices.`);
  }
  nic.links = nic.links.filter((link) => link.id !== id);
  if (machine.gatewayLinkId === id) machine.gatewayLinkId = null;
  if (nic.links.length > 0 || nic.vlanId === null) return;
  nic.links = [{ id: call.world.nextId('link'), mode: 'link_up', subnetId: null, ipAddress: null }];
}

/** `op=disconnect`: no VLAN, no links. */
export function disconnect(_call: Call, machine: Machine, nic: NetworkInterface): void {
  if (nic.links.some((link) => link.id === machine.gatewayLinkId)) machine.gatewayLinkId = null;
  nic.links = [];
  nic.vlanId = null;
}

/** `op=set_default_gateway`: of the given link, or of the only one that can be. */
export function setDefaultGateway(call: Call, machine: Machine, nic: NetworkInterface): void {
  const wanted = call.form.integer('link_id');
  const able = nic.links.filter((link) => {
    const gatewayIp = call.world.site.subnets.get(link.subnetId ?? -1)?.gatewayIp ?? null;
    return (link.mode === 'auto' || link.mode === 'static') && gatewayIp !== null;
  });
  const link = wanted === undefined ? able[0] : able.find((candidate) => candidate.id === wanted);
  if (link === undefined) throw refuse.field('__all__', 'This interface has no usable gateways.');
  machine.gatewayLinkId = link.id;
}

function requireMode(call: Call): LinkMode {
  const given = call.form.require('mode').toLowerCase();
  const mode = modes.find((candidate) => candidate === given);
  if (mode === undefined) {
    throw refuse.field('mode', `Select a valid choice. ${given} is not one of the available choices.`);
  }
  return mode;
}

function subnetFor(call: Call, nic: NetworkInterface, mode: LinkMode, force: boolean): Subnet | undefined {
  const given = call.form.get('subnet') ?? '';
  if (given === '') {
    if (mode === 'auto' || mode === 'static') throw refuse.field('subnet', 'This field is required.');
    return undefined;
  }
  const subnet = findSubnet(call.world, given);
  if (subnet !== undefined && (nic.vlanId === null || subnet.vlanId === nic.vlanId || force)) return subnet;
  throw refuse.field('subnet', 'Select a valid choice. That choice is not one of the available choices.');
}

function refuseInBond(machine: Machine, nic: NetworkInterface): void {
  const bond = machine.interfaces.find((other) => other.type === 'bond' && other.parentIds.includes(nic.id));
  if (bond === undefined) return;
  throw refuse.field('bond', `Cannot link interface(${nic.name}) when interface is in a bond(${bond.name}).`);
}

function requireGateway(mode: LinkMode, subnet: Subnet | undefined): void {
  if (mode === 'dhcp' || mode === 'link_up') {
    throw refuse.field('default_gateway', `Cannot use in mode '${mode}'.`);
  }
  if (subnet === undefined || subnet.gatewayIp === null) {
    throw refuse.field(
      'default_gateway',
      `Cannot set as default gateway because subnet ${subnet?.name ?? ''} doesn't provide a gateway IP address.`,
    );
  }
}

function staticAddress(call: Call, subnet: Subnet): string {
  const given = call.form.get('ip_address') ?? '';
  if (given === '') {
    const free = freeAddress(call.world, subnet);
    if (free === undefined) throw refuse.text(503, 'Unable to allocate static IP due to address exhaustion.');
    return free;
  }
  const address = parseAddress(given);
  if (address === undefined) throw refuse.field('ip_address', 'Enter a valid IPv4 or IPv6 address.');
  const network = parseNetwork(subnet.cidr);
  if (network === undefined || !networkHolds(network, address)) {
    throw refuse.field('ip_address', `IP address is not in the given subnet '${subnet.name}'.`);
  }
  const range = rangesOf(call.world, subnet.id).find(
    ({ range: candidate, first, last }) =>
      candidate.type === 'dynamic' && first <= address.value && address.value <= last,
  )?.range;
  if (range !== undefined) {
    throw refuse.field('ip_address', `IP address is inside a dynamic range ${range.startIp} to ${range.endIp}.`);
  }
  if (usedAddresses(call.world, subnet.id).has(given)) throw refuse.text(404, 'IP address is already in use.');
  return given;
}
