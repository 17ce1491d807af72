import type { Link, Machine, NetworkInterface } from '../world/machine.js';
import type { World } from '../world/world.js';
import { cachedSiteView } from './cached-site-views.js';

/** An interface as MAAS shows it (05 §5.2). */
export function interfaceView(world: World, machine: Machine, nic: NetworkInterface): Record<string, unknown> {
  const vlan = nic.vlanId === null ? undefined : world.site.vlans.get(nic.vlanId);
  return {
    system_id: machine.systemId,
    id: nic.id,
    name: nic.name,
    type: nic.type,
    mac_address: nic.macAddress,
    vlan: cachedSiteView(world, 'vlan', nic.vlanId),
    parents: machine.interfaces.filter((other) => nic.parentIds.includes(other.id)).map((other) => other.name),
    children: machine.interfaces.filter((other) => other.parentIds.includes(nic.id)).map((other) => other.name),
    tags: nic.tags,
    enabled: true,
    links: nic.links.map((link) => linkView(world, link)),
    params: nic.params,
    discovered: null,
    effective_mtu: nic.params['mtu'] ?? vlan?.mtu ?? 1500,
    vendor: nic.type === 'physical' ? 'Intel Corporation' : null,
    product: nic.type === 'physical' ? '82540EM Gigabit Ethernet Controller' : null,
    firmware_version: nic.type === 'physical' ? '1.63' : null,
    link_connected: true,
    interface_speed: nic.speedMbps,
    link_speed: nic.speedMbps,
    numa_node: nic.type === 'physical' ? 0 : null,
    sriov_max_vf: 0,
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/interfaces/${nic.id}/`,
  };
}

function linkView(world: World, link: Link): Record<string, unknown> {
  const view: Record<string, unknown> = { id: link.id, mode: link.mode };
  if (link.ipAddress !== null) view['ip_address'] = link.ipAddress;
  if (link.subnetId !== null) view['subnet'] = cachedSiteView(world, 'subnet', link.subnetId);
  return view;
}
