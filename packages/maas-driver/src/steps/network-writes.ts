import type { Effect } from '@drydock/model';
import type { FoundNetwork, NetworkChange, BondParameters } from '../diff/network-model.js';
import { networkFacts } from '../diff/network-facts.js';
import type { FormFields } from '../http/form-body.js';
import type { MachineWrite } from '../http/machine-write.js';
import { DrydockError } from '@drydock/model';

/** The request of one change. Ids of interfaces come from `found`, which the caller keeps up to date. */
export function networkWrite(systemId: string, change: NetworkChange, found: FoundNetwork): MachineWrite {
  const effect = networkEffect(systemId, change);
  const interfaces = `nodes/${systemId}/interfaces/`;
  const at = (name: string) => `${interfaces}${interfaceId(found, name)}/`;
  switch (change.kind) {
    case 'restore_networking':
      return { method: 'POST', path: `machines/${systemId}/`, op: 'restore_networking_configuration', effect };
    case 'update_interface':
      return { method: 'PUT', path: at(change.name), fields: { vlan: change.vlanId, mtu: change.mtu }, effect };
    case 'update_bond':
      return { method: 'PUT', path: at(change.name), fields: bondFields(change.bond), effect };
    case 'create_bond': {
      const parents = change.parents.map((name) => interfaceId(found, name));
      const fields = { name: change.name, parents, vlan: change.vlanId, mtu: change.mtu, ...bondFields(change.bond) };
      return { method: 'POST', path: interfaces, op: 'create_bond', fields, effect };
    }
    case 'create_vlan': {
      const fields = { parent: interfaceId(found, change.parent), vlan: change.vlanId, mtu: change.mtu };
      return { method: 'POST', path: interfaces, op: 'create_vlan', fields, effect };
    }
    case 'unlink_subnet':
      return { method: 'POST', path: at(change.name), op: 'unlink_subnet', fields: { id: change.linkId }, effect };
    case 'link_subnet': {
      const { mode, subnetId, address, isDefaultGateway } = change.link;
      const fields = {
        mode,
        subnet: subnetId,
        ip_address: address ?? undefined,
        default_gateway: isDefaultGateway ? true : undefined,
      };
      return { method: 'POST', path: at(change.name), op: 'link_subnet', fields, effect };
    }
  }
}

export function networkEffect(systemId: string, change: NetworkChange): Effect {
  return { ...networkFacts(change), kind: change.kind, systemId };
}

function bondFields(bond: BondParameters): FormFields {
  return {
    bond_mode: bond.mode,
    bond_miimon: bond.monitorMilliseconds ?? undefined,
    bond_downdelay: bond.downDelayMilliseconds ?? undefined,
    bond_updelay: bond.upDelayMilliseconds ?? undefined,
    bond_lacp_rate: bond.lacpRate ?? undefined,
    bond_xmit_hash_policy: bond.hash ?? undefined,
  };
}

function interfaceId(found: FoundNetwork, name: string): number {
  const nic = found.interfaces.find((candidate) => candidate.name === name);
  if (nic !== undefined) return nic.id;
  throw new DrydockError('internal', `interface ${name} is planned for and not there; report this as a defect`);
}
