import type { Domain, Fabric, IpRange, PackageRepository, StaticRoute, Subnet, Tag, Vlan } from '../world/site.js';
import type { User } from '../maas/call.js';
import type { World } from '../world/world.js';

const base = '/MAAS/api/2.0';

/** JSON of the objects around the machines (05 §5.6–5.13). */
export function vlanView(world: World, vlan: Vlan, depth = 0): Record<string, unknown> {
  const relay = vlan.relayVlanId === null ? undefined : world.site.vlans.get(vlan.relayVlanId);
  return {
    id: vlan.id,
    name: vlan.name,
    vid: vlan.vid,
    fabric: world.site.fabrics.get(vlan.fabricId)?.name ?? '',
    fabric_id: vlan.fabricId,
    mtu: vlan.mtu,
    primary_rack: vlan.primaryRack,
    secondary_rack: vlan.secondaryRack,
    dhcp_on: vlan.dhcpOn,
    external_dhcp: null,
    relay_vlan: relay === undefined || depth > 0 ? null : vlanView(world, relay, depth + 1),
    space: vlan.space ?? 'undefined',
    resource_uri: `${base}/vlans/${vlan.id}/`,
  };
}

export function subnetView(world: World, subnet: Subnet): Record<string, unknown> {
  const vlan = world.site.vlans.get(subnet.vlanId);
  return {
    id: subnet.id,
    name: subnet.name,
    description: subnet.description,
    vlan: vlan === undefined ? null : vlanView(world, vlan),
    space: vlan?.space ?? 'undefined',
    cidr: subnet.cidr,
    gateway_ip: subnet.gatewayIp,
    dns_servers: subnet.dnsServers,
    rdns_mode: subnet.rdnsMode,
    active_discovery: subnet.activeDiscovery,
    allow_dns: subnet.allowDns,
    allow_proxy: subnet.allowProxy,
    managed: subnet.managed,
    disabled_boot_architectures: [],
    resource_uri: `${base}/subnets/${subnet.id}/`,
  };
}

export function fabricView(world: World, fabric: Fabric): Record<string, unknown> {
  return {
    id: fabric.id,
    name: fabric.name,
    class_type: fabric.classType,
    vlans: [...world.site.vlans.values()]
      .filter((vlan) => vlan.fabricId === fabric.id)
      .map((vlan) => vlanView(world, vlan)),
    resource_uri: `${base}/fabrics/${fabric.id}/`,
  };
}

export function rangeView(world: World, range: IpRange, owner: User | undefined): Record<string, unknown> {
  const subnet = world.site.subnets.get(range.subnetId);
  return {
    id: range.id,
    type: range.type,
    start_ip: range.startIp,
    end_ip: range.endIp,
    comment: range.comment,
    user: owner === undefined ? null : userView(owner),
    subnet: subnet === undefined ? null : subnetView(world, subnet),
    resource_uri: `${base}/ipranges/${range.id}/`,
  };
}

export function routeView(world: World, route: StaticRoute): Record<string, unknown> {
  const source = world.site.subnets.get(route.sourceId);
  const destination = world.site.subnets.get(route.destinationId);
  return {
    id: route.id,
    source: source === undefined ? null : subnetView(world, source),
    destination: destination === undefined ? null : subnetView(world, destination),
    gateway_ip: route.gatewayIp,
    metric: route.metric,
    resource_uri: `${base}/static-routes/${route.id}/`,
  };
}

export function domainView(domain: Domain): Record<string, unknown> {
  return {
    id: domain.id,
    name: domain.name,
    authoritative: domain.authoritative,
    ttl: domain.ttl,
    is_default: domain.isDefault,
    resource_record_count: 0,
    resource_uri: `${base}/domains/${domain.id}/`,
  };
}

export function tagView(tag: Tag): Record<string, unknown> {
  return {
    name: tag.name,
    definition: tag.definition,
    comment: tag.comment,
    kernel_opts: tag.kernelOpts,
    resource_uri: `${base}/tags/${tag.name}/`,
  };
}

export function repositoryView(row: PackageRepository): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    distributions: row.distributions,
    disabled_pockets: row.disabledPockets,
    disabled_components: row.disabledComponents,
    disable_sources: row.disableSources,
    components: row.components,
    arches: row.arches,
    key: row.key,
    enabled: row.enabled,
    resource_uri: `${base}/package-repositories/${row.id}/`,
  };
}

export function userView(user: User): Record<string, unknown> {
  return {
    username: user.username,
    email: user.email,
    is_local: true,
    is_superuser: user.isSuperuser,
    resource_uri: `${base}/users/${user.username}/`,
  };
}
