import type { Rack } from '../world/site.js';
import type { World } from '../world/world.js';
import { cachedSiteView } from './cached-site-views.js';
import { hardwareInfo } from './machine-view.js';

const usualServices: Readonly<Record<string, string>> = {
  rackd: 'running',
  http: 'running',
  tftp: 'running',
  dhcpd6: 'off',
  ntp_rack: 'running',
  dns_rack: 'running',
  proxy_rack: 'running',
  syslog_rack: 'running',
  agent: 'running',
};

/** A rack controller as MAAS shows it (05 §5.17): no status of its own, its services tell. */
export function rackView(world: World, rack: Rack): Record<string, unknown> {
  const interfaces = rack.interfaces.map((nic) => ({
    system_id: rack.systemId,
    id: nic.id,
    name: nic.name,
    type: 'physical',
    mac_address: nic.macAddress,
    vlan: cachedSiteView(world, 'vlan', nic.vlanId),
    parents: [],
    children: [],
    tags: [],
    enabled: true,
    links: nic.links.map((link) => ({
      id: link.id,
      mode: 'static',
      ip_address: link.ipAddress,
      subnet: cachedSiteView(world, 'subnet', link.subnetId),
    })),
    params: {},
    discovered: null,
    effective_mtu: 1500,
    link_connected: true,
    resource_uri: `/MAAS/api/2.0/nodes/${rack.systemId}/interfaces/${nic.id}/`,
  }));
  return {
    system_id: rack.systemId,
    hostname: rack.hostname,
    fqdn: `${rack.hostname}.maas`,
    description: '',
    hardware_uuid: null,
    domain: cachedSiteView(world, 'domain', 0),
    architecture: 'amd64/generic',
    cpu_count: 8,
    cpu_speed: 2600,
    memory: 32_768,
    swap_size: null,
    osystem: 'ubuntu',
    distro_series: 'jammy',
    power_type: '',
    power_state: 'unknown',
    ip_addresses: rack.interfaces.flatMap((nic) => nic.links.map((link) => link.ipAddress)),
    interface_set: interfaces,
    zone: { id: 1, name: 'default', description: '', resource_uri: '/MAAS/api/2.0/zones/default/' },
    status_action: '',
    node_type: 2,
    node_type_name: 'Rack controller',
    service_set: Object.entries(servicesOf(world, rack)).map(([name, state]) => ({
      name,
      status: state,
      status_info: '',
    })),
    version: `${world.version}.0`,
    hardware_info: hardwareInfo(undefined),
    tag_names: [],
    resource_uri: `/MAAS/api/2.0/rackcontrollers/${rack.systemId}/`,
  };
}

/** dhcpd runs when the rack serves a VLAN, else it is off on purpose. */
function servicesOf(world: World, rack: Rack): Record<string, string> {
  const serves = [...world.site.vlans.values()].some(
    (vlan) => vlan.dhcpOn && (vlan.primaryRack === rack.systemId || vlan.secondaryRack === rack.systemId),
  );
  return { ...usualServices, dhcpd: serves ? 'running' : 'off', ...rack.services };
}
