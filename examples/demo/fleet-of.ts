import type { BmcSpec, FleetSpec, MachineSpec, NicSpec } from '@drydock/maas-simulator';
import type { CompiledDesign, CompiledNode, CompiledSite, NodeInterface } from '@drydock/model';
import { type MachineDevices, devicesOf } from './devices-of.js';
import { rackOf } from './rack-of.js';

const systemDiskBytes = 480_103_981_056;
const furtherDiskBytes = 960_197_124_096;

/**
 * The hardware that a design describes: a machine per node with its BMC, a NIC and a disk at every device that the
 * design names, wired to the network links that use them. MAAS knows none of the machines.
 * One rack controller stands on the networks that need DHCP and owns the targets of DHCP relays.
 */
export function fleetOf(design: CompiledDesign): FleetSpec {
  return {
    machines: design.nodes.map((node, index) => machineOf(node, index, design.site)),
    racks: [rackOf(design.site)],
  };
}

function machineOf(node: CompiledNode, index: number, site: CompiledSite): MachineSpec {
  const devices = devicesOf(node);
  return {
    name: node.name,
    bmc: bmcOf(node),
    nics: nicsOf(node, index, { site, devices }),
    disks: devices.disks.map(({ name, busInfo }, position) => ({
      name,
      busInfo,
      sizeBytes: position === 0 ? systemDiskBytes : furtherDiskBytes,
      model: 'Simulated SSD',
      serial: `${node.name}-${name}`,
      rotational: false,
    })),
    cpuCount: 32,
    memoryMib: 131_072,
    bootMode: 'bios',
    architecture: 'amd64/generic',
    initial: 'unknown',
  };
}

const bmcKinds: Readonly<Record<string, NonNullable<BmcSpec['kind']>>> = { redfish: 'redfish', ipmi: 'ipmi' };

function bmcOf({ oob }: CompiledNode): BmcSpec {
  return {
    kind: bmcKinds[oob?.type ?? ''] ?? 'manual',
    address: oob?.address ?? '127.0.0.1',
    ...(oob?.port === null || oob?.port === undefined ? {} : { port: oob.port }),
    ...(oob?.scheme === null || oob?.scheme === undefined ? {} : { scheme: oob.scheme }),
    ...(oob?.account === null || oob?.account === undefined ? {} : { username: oob.account }),
    ...(oob?.credential === null || oob?.credential === undefined ? {} : { password: oob.credential }),
  };
}

function nicsOf(
  node: CompiledNode,
  index: number,
  { site, devices }: { readonly site: CompiledSite; readonly devices: MachineDevices },
): NicSpec[] {
  // A node boots from the NIC of a link that Drydock leaves alone; without one from its first.
  const bootDevice = node.interfaces.find((nic) => isUnconfigured(nic, site))?.slaves[0] ?? devices.nics[0]?.device;
  return devices.nics.map(({ device, name, busInfo }, position) => {
    const isBoot = device === bootDevice;
    return {
      name,
      busInfo,
      macAddress: isBoot && node.bootMac !== null ? node.bootMac.toLowerCase() : macAddressOf(index, position),
      ...wiringOf(
        node.interfaces.find(({ slaves }) => slaves.includes(device)),
        site,
      ),
      boot: isBoot,
    };
  });
}

/** The untagged side of the switch port: the link's native network where there is one. */
function wiringOf(nic: NodeInterface | undefined, site: CompiledSite): Pick<NicSpec, 'cidr' | 'fabric' | 'vid'> {
  const link = site.networkLinks.find(({ name }) => name === nic?.networkLink);
  if (link === undefined) return {};
  const native = site.networks.find(({ name }) => name === link.nativeNetwork);
  return { fabric: link.name, vid: 0, ...(native === undefined || native.vlanId !== 0 ? {} : { cidr: native.cidr }) };
}

function isUnconfigured(nic: NodeInterface, site: CompiledSite): boolean {
  return site.networkLinks.some((link) => link.name === nic.networkLink && link.isUnconfigured);
}

function macAddressOf(machine: number, position: number): string {
  const octets = [0x52, 0x54, 0x00, (machine >> 8) & 0xff, machine & 0xff, position + 1];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
