import type { Machine, NetworkInterface } from '../world/machine.js';
import { bondParameters, mtuParameter } from './bond-parameters.js';
import type { Call } from './call.js';
import { requireFreeName, requireVlan } from './create-interface.js';
import { requireMac } from './machine-filters.js';

/** PUT of an interface; a move to another VLAN drops the links whose subnet is not there (05 §8.5). */
export function updateInterface(call: Call, machine: Machine, nic: NetworkInterface): void {
  const { form, world } = call;
  const name = form.get('name') ?? '';
  const mac = form.get('mac_address') ?? '';
  const vlanGiven = form.get('vlan');
  const changes: Partial<NetworkInterface> = {
    ...(name === '' ? {} : { name: requireFreeName(machine, name, nic) }),
    ...(mac === '' ? {} : { macAddress: requireMac(mac) }),
    ...(form.has('tags') ? { tags: form.words('tags') } : {}),
    ...(vlanGiven === undefined ? {} : { vlanId: vlanGiven === '' ? null : requireVlan(call).id }),
    params: nic.type === 'bond' ? bondParameters(form, nic.params) : { ...nic.params, ...mtuParameter(form) },
  };
  const hasMoved = changes.vlanId !== undefined && changes.vlanId !== nic.vlanId;
  Object.assign(nic, changes);
  if (!hasMoved) return;
  nic.links = nic.links.filter(
    (link) => link.subnetId === null || world.site.subnets.get(link.subnetId)?.vlanId === nic.vlanId,
  );
  if (nic.links.length === 0 && nic.vlanId !== null) {
    nic.links = [{ id: world.nextId('link'), mode: 'link_up', subnetId: null, ipAddress: null }];
  }
}
