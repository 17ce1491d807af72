import type { Machine, NetworkInterface } from '../world/machine.js';
import type { Vlan } from '../world/site.js';
import type { Call } from './call.js';
import type { Form } from './form.js';
import { requireMac } from './machine-filters.js';
import { bondParameters } from './bond-parameters.js';
import { refuse } from './refusal.js';

/** `op=create_bond` (05 §8.5). */
export function createBond(call: Call, machine: Machine): NetworkInterface {
  const { form, world } = call;
  const name = requireFreeName(machine, form.require('name'));
  const parents = requireParents(form, machine);
  const inUse = parents.filter((parent) => machine.interfaces.some((nic) => nic.parentIds.includes(parent.id)));
  if (inUse.length > 0) {
    throw refuse.field('parents', `Interfaces already in-use: ${inUse.map((nic) => nic.name).join(', ')}.`);
  }
  if (parents.some((parent) => parent.type !== 'physical')) {
    throw refuse.field('parents', 'Only physical interfaces can be parents of a bond.');
  }
  const vlanIds = new Set(parents.map((parent) => parent.vlanId));
  if (vlanIds.size > 1) throw refuse.field('parents', 'All parents must belong to the same VLAN.');
  const vlan = form.has('vlan') && form.get('vlan') !== '' ? requireVlan(call) : undefined;
  const params = bondParameters(form, {
    bond_mode: 'balance-rr',
    bond_miimon: 100,
    bond_downdelay: 0,
    bond_updelay: 0,
    bond_num_grat_arp: 1,
    bond_lacp_rate: 'fast',
    bond_xmit_hash_policy: 'layer2',
  });
  const mac = form.get('mac_address') ?? '';
  for (const parent of parents) parent.links = [];
  return {
    id: world.nextId('interface'),
    name,
    type: 'bond',
    macAddress: mac === '' ? (parents[0]?.macAddress ?? '') : requireMac(mac),
    vlanId: vlan?.id ?? parents[0]?.vlanId ?? null,
    parentIds: parents.map((parent) => parent.id),
    tags: form.words('tags'),
    links: [{ id: world.nextId('link'), mode: 'link_up', subnetId: null, ipAddress: null }],
    params,
    speedMbps: parents[0]?.speedMbps ?? 0,
    busInfo: '',
  };
}

/** `op=create_vlan`: named `<parent>.<vid>`. */
export function createVlan(call: Call, machine: Machine): NetworkInterface {
  const { form, world } = call;
  const vlan = requireVlan(call);
  const parent = requireParents(form, machine, 'parent')[0];
  if (parent === undefined) throw refuse.field('parent', 'This field is required.');
  requireVlanChild(call, machine, parent, vlan);
  const mtu = form.integer('mtu');
  const parentMtu = parent.params['mtu'];
  if (mtu !== undefined && typeof parentMtu === 'number' && mtu > parentMtu) {
    throw refuse.field('mtu', `Larger MTU than parent's ${parentMtu}.`);
  }
  return {
    id: world.nextId('interface'),
    name: `${parent.name}.${vlan.vid}`,
    type: 'vlan',
    macAddress: parent.macAddress,
    vlanId: vlan.id,
    parentIds: [parent.id],
    tags: form.words('tags'),
    links: [{ id: world.nextId('link'), mode: 'link_up', subnetId: null, ipAddress: null }],
    params: mtu === undefined ? {} : { mtu },
    speedMbps: parent.speedMbps,
    busInfo: '',
  };
}

/** `op=create_physical`: a card that nobody has seen yet. */
export function newPhysical(call: Call, machine: Machine): NetworkInterface {
  const { form, world } = call;
  const macAddress = requireMac(form.require('mac_address'));
  const isTaken = [...world.machines.values()].some((other) =>
    other.interfaces.some((nic) => nic.type === 'physical' && nic.macAddress === macAddress),
  );
  if (isTaken) throw refuse.field('mac_address', 'This MAC address is already in use.');
  const hasVlan = (form.get('vlan') ?? '') !== '';
  return {
    id: world.nextId('interface'),
    name: requireFreeName(machine, form.get('name') ?? `eth${machine.interfaces.length}`),
    type: 'physical',
    macAddress,
    vlanId: hasVlan ? requireVlan(call).id : null,
    parentIds: [],
    tags: form.words('tags'),
    links: [],
    params: {},
    speedMbps: 0,
    busInfo: '',
  };
}

function requireVlanChild(call: Call, machine: Machine, parent: NetworkInterface, vlan: Vlan): void {
  const isInBond = machine.interfaces.some((nic) => nic.type === 'bond' && nic.parentIds.includes(parent.id));
  if (isInBond) throw refuse.field('parent', 'A bond parent interface cannot be a parent of a VLAN.');
  if (parent.type === 'vlan')
    throw refuse.field('parent', "VLAN interface can't have another VLAN interface as parent.");
  if (vlan.vid === 0) throw refuse.field('vlan', 'A VLAN interface can only belong to a tagged VLAN.');
  const parentVlan = parent.vlanId === null ? undefined : call.world.site.vlans.get(parent.vlanId);
  if (parentVlan?.fabricId !== vlan.fabricId) {
    throw refuse.field('vlan', `A VLAN interface must be on the fabric of its parent ${parent.name}.`);
  }
  const isThere = machine.interfaces.some((nic) => nic.parentIds.includes(parent.id) && nic.vlanId === vlan.id);
  if (isThere)
    throw refuse.field('vlan', `${machine.hostname} already has an interface on VLAN ${vlan.vid} of ${parent.name}.`);
}

/** The VLAN that `vlan` names by its id. */
export function requireVlan(call: Call): Vlan {
  const id = call.form.require('vlan');
  const vlan = call.world.site.vlans.get(Number(id));
  if (vlan === undefined)
    throw refuse.field('vlan', 'Select a valid choice. That choice is not one of the available choices.');
  return vlan;
}

export function requireFreeName(machine: Machine, name: string, self?: NetworkInterface): string {
  if (!/^[\w.-]{1,64}$/.test(name)) throw refuse.field('name', `Invalid interface name: ${name}.`);
  if (machine.interfaces.some((nic) => nic !== self && nic.name === name)) {
    throw refuse.field('name', `Node ${machine.hostname} already has an interface named '${name}'.`);
  }
  return name;
}

function requireParents(form: Form, machine: Machine, field = 'parents'): NetworkInterface[] {
  const ids = form.all(field).filter((id) => id !== '');
  if (ids.length === 0) throw refuse.field(field, 'This field is required.');
  return ids.map((id) => {
    const nic = machine.interfaces.find((candidate) => String(candidate.id) === id);
    if (nic === undefined) {
      throw refuse.field(field, `Select a valid choice. ${id} is not one of the available choices.`);
    }
    return nic;
  });
}
