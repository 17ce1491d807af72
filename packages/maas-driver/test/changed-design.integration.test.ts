import { afterEach, describe, expect, test } from '@jest/globals';
import type { Partition, StorageInput } from '@drydock/model';
import {
  demoDisks,
  networkingInput,
  networkingWithDhcp,
  nodeInput,
  siteNetworks,
  storageInput,
} from './support/demo-node.js';
import { machineSpec, startTestRegion, type TestRegion } from './support/test-region.js';

let region: TestRegion;
afterEach(async () => {
  await region.close();
});

async function start(bootMode: 'bios' | 'uefi'): Promise<void> {
  region = await startTestRegion([{ ...machineSpec(1), bootMode }]);
  await region.run('create_network_template', siteNetworks);
  await region.run('configure_hardware', nodeInput(1));
}

const filesystem = (mountpoint: string, type = 'ext4') => ({
  mountpoint,
  type,
  mountOptions: 'defaults',
  uuid: null,
  label: null,
});

function partition(name: string, size: string, over: Partial<Partition> = {}): Partition {
  return { name, size, uuid: null, isBootable: false, volumeGroup: null, filesystem: null, labels: {}, ...over };
}

/** / and /var on logical volumes of a partition; a second disk in partitions, one of them for swap. */
const lvmStorage: StorageInput = {
  ...nodeInput(1),
  devices: [
    {
      name: 'sda',
      labels: {},
      volumeGroup: null,
      partitions: [
        partition('boot', '1g', { filesystem: filesystem('/boot') }),
        partition('system', '60g', { volumeGroup: 'os' }),
        partition('swap', '4g', { filesystem: { ...filesystem(''), mountpoint: null, type: 'swap' } }),
      ],
    },
    {
      name: 'sdb',
      labels: {},
      volumeGroup: null,
      partitions: [
        partition('one', '50%', { filesystem: filesystem('/srv', 'xfs') }),
        partition('two', '>10g', { volumeGroup: 'data' }),
      ],
    },
  ],
  volumeGroups: [
    {
      name: 'os',
      uuid: null,
      logicalVolumes: [
        { name: 'var', uuid: null, size: '20g', filesystem: filesystem('/var') },
        { name: 'root', uuid: null, size: '30g', filesystem: filesystem('/') },
      ],
    },
    {
      name: 'data',
      uuid: null,
      logicalVolumes: [{ name: 'all', uuid: null, size: '>1g', filesystem: filesystem('/data') }],
    },
  ],
};

const xfsRoot: StorageInput = {
  ...storageInput(1),
  devices: demoDisks.map((disk) => ({
    ...disk,
    partitions: disk.partitions.map((it) =>
      it.name === 'root' ? { ...it, size: '>20g', filesystem: filesystem('/', 'xfs') } : it,
    ),
  })),
};

const designs = { demo: storageInput(1), lvm: lvmStorage, 'xfs root on the rest of the disk': xfsRoot };

describe.each(['bios', 'uefi'] as const)('a machine that boots by %s', (bootMode) => {
  test('goes from each storage design to each other, and writes nothing when asked again', async () => {
    await start(bootMode);
    for (const name of ['demo', 'lvm', 'xfs root on the rest of the disk', 'lvm', 'demo'] as const) {
      const report = await region.run('apply_node_storage', designs[name]);
      expect({ name, outcome: report.outcome }).toMatchObject({ name, outcome: { kind: 'done' } });
      await region.writes();
      expect((await region.run('apply_node_storage', designs[name])).outcome.kind).toBe('done');
      expect(await region.writes()).toEqual([]);
    }
  });

  test('goes from a bond to plain NICs and back', async () => {
    await start(bootMode);
    const plain = networkingWithDhcp(1);
    for (const input of [networkingInput(1), { ...plain, interfaces: plain.interfaces.slice(0, 1) }, plain]) {
      expect((await region.run('apply_node_networking', input)).outcome.kind).toBe('done');
      await region.writes();
      expect((await region.run('apply_node_networking', input)).outcome.kind).toBe('done');
      expect(await region.writes()).toEqual([]);
    }
    const { maas } = await region.simulator.control.machine('n01');
    const links = maas?.interfaces.flatMap((nic) => nic.links.map((link) => `${nic.name} ${link.mode} ${link.cidr}`));
    expect(links).toEqual(
      expect.arrayContaining([
        'eno1 dhcp 172.24.1.0/24',
        'bond0.101 static 172.16.1.0/24',
        'bond0.102 static 172.16.2.0/24',
      ]),
    );
  });
});
