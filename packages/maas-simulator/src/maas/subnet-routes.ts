import { rangesOf, usedAddresses } from '../network/addresses.js';
import { formatAddress, networkHolds, parseAddress, parseNetwork } from '../network/ip-math.js';
import { subnetView } from '../views/site-views.js';
import type { Subnet } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';
import { findSubnet } from './subnet-lookup.js';

/** Subnets (05 §4.4, rules §9). */
export const subnetRoutes: readonly Route[] = [
  { path: 'subnets/', endpoints: { GET: users(list), POST: admins(changingSite(create)) } },
  {
    path: 'subnets/:id/',
    endpoints: {
      GET: users(read),
      PUT: admins(changingSite(update)),
      DELETE: admins(changingSite(remove)),
      'GET reserved_ip_ranges': users(reservedRanges),
      'GET ip_addresses': users(addresses),
    },
  },
];

function list(call: Call): Reply {
  return json([...call.world.site.subnets.values()].map((subnet) => subnetView(call.world, subnet)));
}

function subnetOf(call: Call): Subnet {
  const subnet = findSubnet(call.world, call.params['id'] ?? '');
  if (subnet === undefined) throw refuse.notFound('Subnet');
  return subnet;
}

function read(call: Call): Reply {
  return json(subnetView(call.world, subnetOf(call)));
}

function create(call: Call): Reply {
  const cidr = requireCidr(call, call.form.require('cidr'));
  const base: Subnet = {
    id: 0,
    name: cidr,
    description: '',
    vlanId: 5001,
    cidr,
    gatewayIp: null,
    dnsServers: [],
    rdnsMode: 2,
    activeDiscovery: false,
    allowDns: true,
    allowProxy: true,
    managed: true,
  };
  const subnet: Subnet = { ...base, ...changesOf(call, base), id: call.world.nextId('subnet') };
  call.world.site.subnets.set(subnet.id, subnet);
  return json(subnetView(call.world, subnet));
}

function update(call: Call): Reply {
  const subnet = subnetOf(call);
  const given = call.form.get('cidr') ?? '';
  const cidr = given === '' ? subnet.cidr : requireCidr(call, given, subnet);
  const changes = changesOf(call, { ...subnet, cidr });
  Object.assign(subnet, { ...changes, cidr });
  return json(subnetView(call.world, subnet));
}

function requireCidr(call: Call, cidr: string, self?: Subnet): string {
  if (parseNetwork(cidr) === undefined) throw refuse.field('cidr', `Invalid network: ${cidr}`);
  if ([...call.world.site.subnets.values()].some((subnet) => subnet !== self && subnet.cidr === cidr)) {
    throw refuse.field('cidr', 'Subnet with this Cidr already exists.');
  }
  return cidr;
}

function changesOf(call: Call, subnet: Subnet): Partial<Subnet> {
  const { form } = call;
  const flag = (name: string, current: boolean) => (form.has(name) ? form.flag(name) : current);
  const name = form.get('name') ?? '';
  const rdnsMode = form.integer('rdns_mode') ?? subnet.rdnsMode;
  if (![0, 1, 2].includes(rdnsMode)) {
    throw refuse.field('rdns_mode', `Select a valid choice. ${rdnsMode} is not one of the available choices.`);
  }
  return {
    name: name === '' ? subnet.name : name,
    description: form.get('description') ?? subnet.description,
    vlanId: requireVlanId(call, subnet),
    gatewayIp: requireGateway(call, subnet),
    dnsServers: form.has('dns_servers') ? requireDnsServers(call) : subnet.dnsServers,
    rdnsMode,
    activeDiscovery: flag('active_discovery', subnet.activeDiscovery),
    allowDns: flag('allow_dns', subnet.allowDns),
    allowProxy: flag('allow_proxy', subnet.allowProxy),
    managed: flag('managed', subnet.managed),
  };
}

function requireVlanId(call: Call, subnet: Subnet): number {
  const { form, world } = call;
  const invalid = 'Select a valid choice. That choice is not one of the available choices.';
  const given = form.get('vlan') ?? '';
  if (given !== '') {
    if (!world.site.vlans.has(Number(given))) throw refuse.field('vlan', invalid);
    return Number(given);
  }
  const fabricId = form.integer('fabric');
  const vid = form.integer('vid');
  if (fabricId === undefined && vid === undefined) return subnet.vlanId;
  const vlan = [...world.site.vlans.values()].find(
    (candidate) => candidate.fabricId === (fabricId ?? 0) && candidate.vid === (vid ?? 0),
  );
  if (vlan === undefined) throw refuse.field('vid', `No VLAN with vid ${vid ?? 0} in fabric ${fabricId ?? 0}.`);
  return vlan.id;
}

function requireGateway(call: Call, subnet: Subnet): string | null {
  const given = call.form.get('gateway_ip');
  if (given === undefined) return subnet.gatewayIp;
  if (given === '') return null;
  const address = parseAddress(given);
  if (address === undefined) throw refuse.field('gateway_ip', 'Enter a valid IPv4 or IPv6 address.');
  const network = parseNetwork(subnet.cidr);
  if (network === undefined || !networkHolds(network, address)) {
    throw refuse.field('gateway_ip', 'Gateway IP must be within CIDR range.');
  }
  return given;
}

function requireDnsServers(call: Call): string[] {
  const servers = call.form
    .all('dns_servers')
    .flatMap((value) => value.split(/[\s,]+/))
    .filter((value) => value !== '');
  const bad = servers.find((server) => parseAddress(server) === undefined);
  if (bad !== undefined) throw refuse.field('dns_servers', `${bad} is not a valid IP address.`);
  return servers;
}

function remove(call: Call): Reply {
  const subnet = subnetOf(call);
  const { site } = call.world;
  if (usedAddresses(call.world, subnet.id).size > 0) {
    throw refuse.text(400, `Can't delete subnet ${subnet.cidr}: IP addresses are in use.`);
  }
  for (const { range } of rangesOf(call.world, subnet.id)) site.ipRanges.delete(range.id);
  for (const route of site.staticRoutes.values()) {
    if (route.sourceId === subnet.id || route.destinationId === subnet.id) site.staticRoutes.delete(route.id);
  }
  site.subnets.delete(subnet.id);
  return noContent;
}

function reservedRanges(call: Call): Reply {
  const subnet = subnetOf(call);
  const family = parseNetwork(subnet.cidr)?.family ?? 4;
  const rows = rangesOf(call.world, subnet.id).map(({ range, first, last }) => ({
    start: formatAddress({ family, value: first }),
    end: formatAddress({ family, value: last }),
    num_addresses: Number(last - first + 1n),
    purpose: [range.type === 'dynamic' ? 'dynamic' : 'reserved'],
  }));
  return json(rows);
}

function addresses(call: Call): Reply {
  return json([...usedAddresses(call.world, subnetOf(call).id)].map((ip) => ({ ip, alloc_type: 4 })));
}
