import { describe, expect, test } from '@jest/globals';
import type { MaasMachineState, MachineState } from '@drydock/maas-simulator';
import type { CompiledDesign } from '@drydock/model';
import { checkDeployed } from './check-deployed.js';
import { demoDesign } from './test/demo-design.js';
import {
  bond,
  bootPartition,
  cards,
  containers,
  dataDisk,
  dataGroup,
  deployedMachine,
  logs,
  rootPartition,
  staticLink,
  storageVlan,
  systemDisk,
  tenantVlan,
} from './test/deployed-machine.js';

const design = demoDesign('r01n03');

type Change = Partial<MaasMachineState>;
type Network = MaasMachineState['interfaces'];

const networking = (...interfaces: Network): Change => ({ interfaces: [...cards, ...interfaces] });
const disks = (...blockDevices: MaasMachineState['blockDevices']): Change => ({ blockDevices });
const volumes = (...logicalVolumes: (typeof dataGroup)['logicalVolumes']): Change => ({
  volumeGroups: [{ ...dataGroup, logicalVolumes }],
});
const bondWith = (params: Record<string, string | number>): Change =>
  networking({ ...bond, params: { ...bond.params, ...params } }, storageVlan, tenantVlan);
const rootWith = (change: object): Change =>
  disks({ ...systemDisk, partitions: [bootPartition, { ...rootPartition, ...change }] }, dataDisk);
const logsWith = (change: object): Change => volumes({ ...logs, ...change }, containers);

function whats(change: Change, asked: CompiledDesign = design): readonly string[] {
  return checkDeployed(asked, [deployedMachine(change)]).map(({ what }) => what);
}

test('a machine that is as its design asks for has no problems', () => {
  expect(checkDeployed(design, [deployedMachine()])).toEqual([]);
});

describe('a planted difference is found:', () => {
  test.each<[name: string, change: Change, what: string]>([
    ['another status', { statusName: 'Failed deployment' }, 'status'],
    ['another host name', { hostname: 'moving-swan' }, 'host name'],
    ['another domain', { domain: 'maas' }, 'domain'],
    ['another image', { distroSeries: 'jammy' }, 'image'],
    ['another kernel', { hweKernel: 'hwe-20.04' }, 'kernel'],
    ['a kernel parameter too few', { kernelOptions: 'hugepagesz=1G hugepages=48 quiet' }, 'kernel parameters'],
    [
      'huge pages counted before their size is known',
      { kernelOptions: 'hugepages=48 hugepagesz=1G quiet console=ttyS1,115200n8 isolcpus=4-31' },
      'hugepagesz directly before hugepages',
    ],
    ['a missing tag', { tags: ['demo'] }, 'tag compute'],
    ['other owner data', { ownerData: { site: 'demo', role: 'control' } }, 'owner data role'],
    ['missing owner data', { ownerData: { role: 'compute' } }, 'owner data site'],
    ['no bond', networking(), 'interface bond0'],
    ['one member', networking({ ...bond, parents: ['enp59s0f0'] }, storageVlan, tenantVlan), 'members of bond0'],
    ['another mode', bondWith({ bond_mode: 'active-backup' }), 'bond_mode of bond0'],
    ['another hash policy', bondWith({ bond_xmit_hash_policy: 'layer2' }), 'bond_xmit_hash_policy of bond0'],
    ['another LACP rate', bondWith({ bond_lacp_rate: 'slow' }), 'bond_lacp_rate of bond0'],
    ['another monitor rate', bondWith({ bond_miimon: 0 }), 'bond_miimon of bond0'],
    ['another MTU', networking({ ...bond, mtu: 1500 }, storageVlan, tenantVlan), 'mtu of bond0'],
    [
      'another address',
      networking({ ...bond, links: [staticLink('10.10.0.0/16', '10.10.1.14', true)] }, storageVlan, tenantVlan),
      'addresses of bond0',
    ],
    [
      'no default gateway',
      networking({ ...bond, links: [staticLink('10.10.0.0/16', '10.10.1.13')] }, storageVlan, tenantVlan),
      'addresses of bond0',
    ],
    [
      'a second address',
      networking({ ...bond, links: [...bond.links, staticLink('10.9.0.0/16', '10.9.0.1')] }, storageVlan, tenantVlan),
      'addresses of bond0',
    ],
    ['a missing VLAN', networking(bond, tenantVlan), 'VLAN 102 (storage) on bond0'],
    [
      'the VLAN on the wrong parent',
      networking(bond, { ...storageVlan, parents: ['enp59s0f0'] }, tenantVlan),
      'VLAN 102 (storage) on bond0',
    ],
    [
      'another MTU of a VLAN',
      networking(bond, { ...storageVlan, mtu: 1500 }, tenantVlan),
      'mtu of VLAN 102 (storage) on bond0',
    ],
    [
      'a VLAN without its address',
      networking(bond, storageVlan, { ...tenantVlan, links: [] }),
      'addresses of VLAN 103 (tenant) on bond0',
    ],
    [
      'a VLAN that nobody asked for',
      networking(bond, storageVlan, tenantVlan, { ...tenantVlan, name: 'bond0.104', vlan: null }),
      'interface bond0.104',
    ],
    [
      'a disk without partitions',
      disks({ ...systemDisk, partitions: [] }, dataDisk),
      'partition root of disk system_disk (sda)',
    ],
    ['a missing disk', disks(systemDisk), 'disk data_disk'],
    [
      'another boot disk',
      disks({ ...systemDisk, isBootDisk: false }, dataDisk),
      'disk system_disk (sda) is the boot disk',
    ],
    ['a small root', rootWith({ sizeBytes: 20 * 10 ** 9 }), 'size of partition root of disk system_disk (sda)'],
    ['a large root', rootWith({ sizeBytes: 61 * 10 ** 9 }), 'size of partition root of disk system_disk (sda)'],
    [
      'another filesystem of the root',
      rootWith({ filesystem: { ...rootPartition.filesystem, fstype: 'xfs' } }),
      'filesystem of partition root of disk system_disk (sda)',
    ],
    [
      'a disk outside its group',
      disks(systemDisk, { ...dataDisk, volumeGroup: null }),
      'volume group of disk data_disk (sdb)',
    ],
    ['a missing group', { volumeGroups: [] }, 'volume group data'],
    ['another member', { volumeGroups: [{ ...dataGroup, members: ['sdc'] }] }, 'members of volume group data'],
    ['a missing volume', volumes(logs), 'logical volumes of volume group data'],
    ['a small volume', logsWith({ sizeBytes: 39 * 10 ** 9 }), 'size of logical volume logs of volume group data'],
    [
      'a volume of another part of its group',
      volumes(logs, { ...containers, sizeBytes: 500 * 10 ** 9 }),
      'size of logical volume containers of volume group data',
    ],
    ['no filesystem', logsWith({ filesystem: null }), 'filesystem of logical volume logs of volume group data'],
    [
      'another mount point',
      logsWith({ filesystem: { ...logs.filesystem, mountPoint: '/var' } }),
      'mount point of logical volume logs of volume group data',
    ],
    [
      'other mount options',
      logsWith({ filesystem: { ...logs.filesystem, mountOptions: 'defaults' } }),
      'mount options of logical volume logs of volume group data',
    ],
  ])('%s', (_, change, what) => {
    expect(whats(change)).toContain(what);
  });
});

describe('a machine as a whole:', () => {
  const elsewhere: MachineState = { ...deployedMachine(), name: 'r09n09' };
  test.each<[name: string, machines: readonly MachineState[], what: string]>([
    ['one that is not in the fleet', [], 'machine'],
    ['one that MAAS does not know', [{ ...deployedMachine(), maas: null }], 'machine'],
    ['one that is not in the design', [deployedMachine(), elsewhere], 'machine'],
    ['one that is off', [{ ...deployedMachine(), power: 'off' }], 'power'],
    ['one without a system', [{ ...deployedMachine(), hasInstalledSystem: false }], 'installed system'],
  ])('%s is a problem', (_, machines, what) => {
    expect(checkDeployed(design, machines).map((problem) => problem.what)).toEqual([what]);
  });
});

describe('a size of "at least"', () => {
  const [node] = design.nodes;
  const [group] = node?.storage.volumeGroups ?? [];
  if (node === undefined || group === undefined) throw new Error('r01n03 has a volume group');
  const [first, second] = group.logicalVolumes;
  if (first === undefined || second === undefined) throw new Error('its group has two volumes');
  const volumeGroups = [{ ...group, logicalVolumes: [first, { ...second, size: '>100g' }] }];
  const atLeast = { ...design, nodes: [{ ...node, storage: { ...node.storage, volumeGroups } }] };

  test('takes all that is left', () => {
    const rest = dataGroup.sizeBytes - logs.sizeBytes - 4 * 2 ** 20;
    expect(whats(volumes(logs, { ...containers, sizeBytes: rest }), atLeast)).toEqual([]);
  });

  test('is a problem when it is its minimum and more is left', () => {
    expect(whats(volumes(logs, { ...containers, sizeBytes: 100 * 10 ** 9 }), atLeast)).toEqual([
      'size of logical volume containers of volume group data',
    ]);
  });
});
