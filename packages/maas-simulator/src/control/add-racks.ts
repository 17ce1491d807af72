import { addFabric } from '../engine/wiring.js';
import { parseAddress, parseNetwork } from '../network/ip-math.js';
import type { Rack, Subnet, Vlan } from '../world/site.js';
import type { World } from '../world/world.js';
import type { RackInterfaceSpec, RackSpec } from './fleet-spec.js';
import { ControlRefusal } from './fleet-schema.js';

/** The rack controller of a fleet that names none: healthy, one interface on the default fabric. */
export const defaultRack: RackSpec = {
  hostname: 'rack01',
  interfaces: [{ name: 'eth0', macAddress: '52:54:00:ff:00:01', fabric: 'fabric-0' }],
};

/** Makes a rack controller known, with the fabrics, VLANs and subnets that its interfaces stand on. */
export function addRack(world: World, spec: RackSpec): void {
  if ([...world.site.racks.values()].some((rack) => rack.hostname === spec.hostname)) {
    throw new ControlRefusal(400, `rack controller ${spec.hostname} is already there`);
  }
  const rack: Rack = {
    systemId: spec.systemId ?? world.random.systemId(),
    hostname: spec.hostname,
    services: { ...spec.services },
    interfaces: [],
  };
  for (const nic of spec.interfaces ?? []) addInterface(world, rack, nic);
  world.site.racks.set(rack.systemId, rack);
  world.site.revision++;
}

function addInterface(world: World, rack: Rack, spec: RackInterfaceSpec): void {
  const known = [...world.site.subnets.values()].find((subnet) => subnet.cidr === spec.cidr);
  const vlan = (known === undefined ? undefined : world.site.vlans.get(known.vlanId)) ?? vlanFor(world, spec);
  const subnet = known ?? (spec.cidr === undefined ? undefined : addSubnet(world, spec.cidr, vlan));
  if (spec.address !== undefined && parseAddress(spec.address) === undefined) {
    throw new ControlRefusal(400, `interfaces.address of ${rack.hostname} is no address: ${spec.address}`);
  }
  if (spec.address !== undefined && subnet === undefined) {
    throw new ControlRefusal(400, `interface ${spec.name} of ${rack.hostname} has an address but no cidr`);
  }
  if (spec.dhcp === true) {
    vlan.dhcpOn = true;
    vlan.primaryRack = rack.systemId;
  }
  const index = world.nextId('rackInterface');
  rack.interfaces.push({
    id: world.nextId('interface'),
    name: spec.name,
    macAddress: (spec.macAddress ?? `52:54:00:fe:00:${(index % 256).toString(16).padStart(2, '0')}`).toLowerCase(),
    vlanId: vlan.id,
    links:
      subnet === undefined || spec.address === undefined
        ? []
        : [{ id: world.nextId('link'), subnetId: subnet.id, ipAddress: spec.address }],
  });
}

function vlanFor(world: World, spec: RackInterfaceSpec): Vlan {
  const { site } = world;
  const fabric = [...site.fabrics.values()].find((candidate) => candidate.name === spec.fabric);
  const untagged =
    fabric === undefined
      ? addFabric(world, spec.fabric)
      : [...site.vlans.values()].find((vlan) => vlan.fabricId === fabric.id && vlan.vid === 0);
  if (untagged === undefined) throw new ControlRefusal(400, `fabric ${spec.fabric} has no untagged VLAN`);
  const vid = spec.vid ?? 0;
  if (vid === 0) return untagged;
  const tagged = [...site.vlans.values()].find((vlan) => vlan.fabricId === untagged.fabricId && vlan.vid === vid);
  if (tagged !== undefined) return tagged;
  const vlan: Vlan = {
    ...untagged,
    id: world.nextId('vlan'),
    vid,
    name: String(vid),
    dhcpOn: false,
    primaryRack: null,
  };
  site.vlans.set(vlan.id, vlan);
  return vlan;
}

function addSubnet(world: World, cidr: string, vlan: Vlan): Subnet {
  if (parseNetwork(cidr) === undefined) throw new ControlRefusal(400, `interfaces.cidr is no network: ${cidr}`);
  const subnet: Subnet = {
    id: world.nextId('subnet'),
    name: cidr,
    description: '',
    vlanId: vlan.id,
    cidr,
    gatewayIp: null,
    dnsServers: [],
    rdnsMode: 2,
    activeDiscovery: false,
    allowDns: true,
    allowProxy: true,
    managed: true,
  };
  world.site.subnets.set(subnet.id, subnet);
  return subnet;
}
