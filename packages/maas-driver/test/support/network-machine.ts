import {
  vlanInterfaceName,
  type FoundInterface,
  type FoundLink,
  type FoundNetwork,
  type NetworkChange,
} from '../../src/diff/network-model.js';

/** What commissioning finds: NICs, each merely up. */
export function commissioned(names: readonly string[], vlanId = 1): FoundNetwork {
  return { interfaces: names.map((name, index) => nic(index + 1, name, { vlanId })), gatewayLinkIds: [] };
}

export function nic(id: number, name: string, over: Partial<FoundInterface> = {}): FoundInterface {
  return {
    id,
    name,
    type: 'physical',
    vlanId: 1,
    mtu: 1500,
    parents: [],
    links: [bare(id * 100)],
    bond: null,
    ...over,
  };
}

export function bare(id: number): FoundLink {
  return { id, mode: 'link_up', subnetId: null, address: null };
}

/** A machine as MAAS keeps it, as far as the changes go; throws where MAAS refuses. */
export function applyNetworkChange(found: FoundNetwork, change: NetworkChange): FoundNetwork {
  switch (change.kind) {
    case 'restore_networking':
      return commissioned(found.interfaces.filter(({ type }) => type === 'physical').map(({ name }) => name));
    case 'update_interface': {
      const { vlanId, mtu } = change;
      return update(found, change.name, (it) => ({
        ...it,
        vlanId,
        mtu,
        links: it.vlanId === vlanId ? it.links : [bare(nextId(found))],
      }));
    }
    case 'update_bond':
      return update(found, change.name, (it) => ({ ...it, bond: change.bond }));
    case 'create_bond': {
      const parents = change.parents.map((name) => require(found, name));
      if (new Set(parents.map(({ vlanId }) => vlanId)).size > 1) throw new Error('parents on several VLANs');
      if (parents.some(({ name }) => found.interfaces.some((other) => other.parents.includes(name))))
        throw new Error('in use');
      const bonded = {
        ...found,
        interfaces: found.interfaces.map((it) => (change.parents.includes(it.name) ? { ...it, links: [] } : it)),
      };
      const { name, vlanId, mtu, bond } = change;
      return add(bonded, { name, type: 'bond', vlanId, mtu, bond, parents: change.parents });
    }
    case 'create_vlan': {
      const parent = require(found, change.parent);
      if (parent.mtu < change.mtu) throw new Error('MTU above that of the parent');
      const { vlanId, mtu } = change;
      return add(found, {
        name: vlanInterfaceName(parent.name, change.vid),
        type: 'vlan',
        vlanId,
        mtu,
        parents: [parent.name],
      });
    }
    case 'unlink_subnet':
      require(found, change.name);
      return update(found, change.name, (it) => withoutLink(it, change.linkId, nextId(found)));
    case 'link_subnet':
      return link(found, change);
  }
}

function link(found: FoundNetwork, change: Extract<NetworkChange, { kind: 'link_subnet' }>): FoundNetwork {
  const target = require(found, change.name);
  const real = target.links.filter(({ mode, subnetId }) => mode !== 'link_up' || subnetId !== null);
  const { mode, subnetId, address, isDefaultGateway } = change.link;
  if (mode === 'link_up' && real.length > 0) throw new Error('other links are there');
  if (mode === 'dhcp' && real.some((other) => other.mode === 'dhcp')) throw new Error('DHCP twice');
  const id = nextId(found);
  const linked = update(found, change.name, (it) => ({ ...it, links: [...real, { id, mode, subnetId, address }] }));
  return isDefaultGateway ? { ...linked, gatewayLinkIds: [id] } : linked;
}

function withoutLink(it: FoundInterface, linkId: number, freshId: number): FoundInterface {
  if (!it.links.some(({ id }) => id === linkId)) throw new Error(`${it.name} has no link ${linkId}`);
  const links = it.links.filter(({ id }) => id !== linkId);
  return { ...it, links: links.length > 0 ? links : [bare(freshId)] };
}

function require(found: FoundNetwork, name: string): FoundInterface {
  const it = found.interfaces.find((candidate) => candidate.name === name);
  if (it === undefined) throw new Error(`no interface ${name}`);
  return it;
}

function update(found: FoundNetwork, name: string, change: (it: FoundInterface) => FoundInterface): FoundNetwork {
  require(found, name);
  return { ...found, interfaces: found.interfaces.map((it) => (it.name === name ? change(it) : it)) };
}

function add(found: FoundNetwork, over: Partial<FoundInterface> & { readonly name: string }): FoundNetwork {
  return { ...found, interfaces: [...found.interfaces, nic(nextId(found), over.name, over)] };
}

function nextId(found: FoundNetwork): number {
  return 1 + Math.max(0, ...found.interfaces.flatMap(({ id, links }) => [id, ...links.map((it) => it.id)]));
}
