import { expect, test } from '@jest/globals';
import { fleetOf } from './fleet-of.js';
import { siteOf } from './site-of.js';
import { compiled, demoDesign } from './test/demo-design.js';

test("a machine has the design's BMC, with its credentials", () => {
  const [machine] = fleetOf(demoDesign('r01n03')).machines ?? [];
  expect(machine).toMatchObject({
    name: 'r01n03',
    initial: 'unknown',
    bmc: {
      kind: 'redfish',
      address: '127.16.1.13',
      port: 8000,
      scheme: 'http',
      username: 'operator',
      password: 'demo-bmc-password',
    },
  });
});

test('its NICs are at the bus addresses of their aliases, named by the kernel and wired to their links', () => {
  const [machine] = fleetOf(demoDesign('r01n03')).machines ?? [];
  const data = { fabric: 'data', vid: 0, cidr: '10.10.0.0/16', boot: false };
  expect(machine?.nics).toEqual([
    {
      name: 'enp24s0f0',
      busInfo: 'pci@0000:18:00.0',
      macAddress: '52:54:00:00:00:01',
      fabric: 'pxe',
      vid: 0,
      cidr: '10.13.0.0/16',
      boot: true,
    },
    { name: 'enp59s0f0', busInfo: 'pci@0000:3b:00.0', macAddress: '52:54:00:00:00:02', ...data },
    { name: 'enp59s0f1', busInfo: 'pci@0000:3b:00.1', macAddress: '52:54:00:00:00:03', ...data },
  ]);
});

test('its disks are at the bus addresses of their aliases and have no alias for a name', () => {
  const [machine] = fleetOf(demoDesign('r01n03')).machines ?? [];
  expect(machine?.disks.map(({ name, busInfo }) => [name, busInfo])).toEqual([
    ['sda', 'scsi@2:0.0.0'],
    ['sdb', 'scsi@3:0.0.0'],
  ]);
});

test('a device without an alias has the name that the design gives it, and no other device gets it', () => {
  const design = demoDesign('r01n03');
  const [node] = design.nodes;
  const devices = node?.storage.devices.map((disk) => (disk.name === 'data_disk' ? { ...disk, name: 'sda' } : disk));
  const nodes = design.nodes.map((one) => ({ ...one, storage: { ...one.storage, devices: devices ?? [] } }));
  const [machine] = fleetOf({ ...design, nodes }).machines ?? [];
  expect(machine?.disks.map(({ name }) => name)).toEqual(['sdb', 'sda']);
});

test('a node boots from the NIC with its boot MAC', () => {
  const design = demoDesign('r01n03');
  const nodes = design.nodes.map((node) => ({ ...node, bootMac: '52:54:00:AA:BB:CC' }));
  const [machine] = fleetOf({ ...design, nodes }).machines ?? [];
  expect(machine?.nics.filter(({ boot }) => boot).map(({ macAddress }) => macAddress)).toEqual(['52:54:00:aa:bb:cc']);
});

test('every NIC of a large fleet has a MAC address of its own', () => {
  const machines = fleetOf(compiled(siteOf(300))).machines ?? [];
  const addresses = machines.flatMap(({ nics }) => nics.map(({ macAddress }) => macAddress));
  expect(new Set(addresses).size).toBe(900);
});

test('the rack controller serves DHCP on the PXE network, which Drydock leaves alone', () => {
  const [rack] = fleetOf(demoDesign()).racks ?? [];
  expect(rack?.interfaces).toEqual([
    { name: 'eth0', fabric: 'fabric-0' },
    { name: 'eth1', fabric: 'pxe', vid: 0, cidr: '10.13.0.0/16', dhcp: true },
  ]);
});

test("the rack controller owns the target of a network's DHCP relay", () => {
  const design = demoDesign();
  const networks = design.site.networks.map((network) => ({ ...network, dhcpRelayUpstreamTarget: '172.16.5.5' }));
  const [rack] = fleetOf({ ...design, site: { ...design.site, networks } }).racks ?? [];
  expect(rack?.interfaces).toContainEqual({
    name: 'eth1',
    fabric: 'relay',
    vid: 0,
    address: '172.16.5.5',
    cidr: '172.16.5.0/24',
  });
});
