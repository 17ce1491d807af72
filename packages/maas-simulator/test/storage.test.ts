import { describe, expect, test } from '@jest/globals';
import { type Json, text } from './client.js';
import { Scene } from './scene.js';

const scene = new Scene();

async function disk(systemId: string, name: string): Promise<Json | undefined> {
  return (await scene.maas.get(`nodes/${systemId}/blockdevices/`)).list.find((row) => text(row['name']) === name);
}

const diskPath = (systemId: string, device: Json | undefined) =>
  `nodes/${systemId}/blockdevices/${text(device?.['id'])}/`;

describe('layouts', () => {
  test('flat with a boot partition, root on the rest of the given size', async () => {
    const systemId = await scene.begin();
    const sda = await disk(systemId, 'sda');
    const layout = {
      storage_layout: 'flat',
      root_device: text(sda?.['id']),
      root_size: '20000000000',
      boot_size: '1000000000',
    };
    expect((await scene.maas.post(`machines/${systemId}/?op=set_storage_layout`, layout)).statusCode).toBe(200);
    expect((await disk(systemId, 'sda'))?.['partitions']).toMatchObject([
      { size: 998_244_352, filesystem: { mount_point: '/boot' } },
      { size: 19_998_441_472, filesystem: { mount_point: '/', fstype: 'ext4' } },
    ]);
  });

  test('lvm: one group on the root partition, / on a volume', async () => {
    const systemId = await scene.begin(['n01'], { bootMode: 'uefi' });
    const layout = { storage_layout: 'lvm', vg_name: 'vg0', lv_name: 'root', lv_size: '20G' };
    expect((await scene.maas.post(`machines/${systemId}/?op=set_storage_layout`, layout)).statusCode).toBe(200);
    const [group] = (await scene.maas.get(`nodes/${systemId}/volume-groups/`)).list;
    expect(group).toMatchObject({
      name: 'vg0',
      logical_volumes: [{ name: 'vg0-root', filesystem: { mount_point: '/' } }],
    });
    expect((await disk(systemId, 'sda'))?.['partitions']).toMatchObject([
      { filesystem: { mount_point: '/boot/efi' } },
      { used_for: 'LVM volume for vg0' },
    ]);
  });

  const bad: [string, Record<string, string>, string][] = [
    ['no layout', {}, 'This field is required.'],
    ['an unknown layout', { storage_layout: 'pyramid' }, 'Select a valid choice.'],
    ['a layout that is not simulated', { storage_layout: 'bcache' }, "Failed to configure storage layout 'bcache'"],
    ['a tiny root', { storage_layout: 'flat', root_size: '1G' }, 'Size is too small. Minimum size is 3221225472.'],
    ['a huge root', { storage_layout: 'flat', root_size: '9T' }, 'Size is too large. Maximum size is 480096813056.'],
    ['a malformed size', { storage_layout: 'flat', root_size: '20gb' }, 'Enter a valid value.'],
    ['an unknown root device', { storage_layout: 'flat', root_device: '9999' }, 'Select a valid choice. 9999'],
  ];
  test.each(bad)('%s is refused and nothing changes', async (_what, form, message) => {
    const systemId = await scene.begin();
    const before = (await disk(systemId, 'sda'))?.['partitions'];
    const answer = await scene.maas.post(`machines/${systemId}/?op=set_storage_layout`, form);
    expect(answer.statusCode).toBe(400);
    expect(answer.text).toContain(message);
    expect((await disk(systemId, 'sda'))?.['partitions']).toEqual(before);
  });
});

describe('partitions and filesystems', () => {
  test('partitions are aligned, formatted and mounted, and numbered without gaps', async () => {
    const systemId = await scene.begin();
    const sdb = await disk(systemId, 'sdb');
    const path = diskPath(systemId, sdb);
    const empty = await scene.maas.get(`${path}partitions/`);
    expect([empty.statusCode, empty.text]).toEqual([500, 'PartitionTable matching query does not exist.']);
    const first = (await scene.maas.post(`${path}partitions/`, { size: '10000000' })).json;
    expect(first).toMatchObject({ size: 8_388_608, path: '/dev/disk/by-dname/sdb-part2', bootable: false });
    const second = (await scene.maas.post(`${path}partitions/`, {})).json;
    expect(second['size']).toBe(1_000_194_703_360 - 8_388_608);
    const full = await scene.maas.post(`${path}partitions/`, { size: '1G' });
    expect(full.json).toEqual({ size: ['Partition cannot be saved; not enough free space on the block device.'] });
    const item = `${path}partition/${text(second['id'])}`;
    expect((await scene.maas.post(`${item}?op=mount`, { mount_point: '/srv' })).text).toBe(
      'Cannot mount an unformatted partition or block device.',
    );
    expect((await scene.maas.post(`${item}?op=format`, { fstype: 'floppy' })).statusCode).toBe(400);
    expect((await scene.maas.post(`${item}?op=format`, { fstype: 'xfs', label: 'srv' })).statusCode).toBe(200);
    expect((await scene.maas.post(`${item}?op=mount`, { mount_point: 'srv' })).statusCode).toBe(400);
    expect((await scene.maas.post(`${item}?op=mount`, { mount_point: '/' })).statusCode).toBe(400);
    const mounted = await scene.maas.post(`${item}?op=mount`, { mount_point: '/srv', mount_options: 'defaults' });
    expect(mounted.json['filesystem']).toMatchObject({
      fstype: 'xfs',
      label: 'srv',
      mount_point: '/srv',
      mount_options: 'defaults',
    });
    expect((await scene.maas.delete(`${path}partition/${text(first['id'])}`)).statusCode).toBe(204);
    expect((await scene.maas.get(item)).json['path']).toBe('/dev/disk/by-dname/sdb-part2');
  });
});

describe('volume groups', () => {
  test('several members as repeated parameters, volumes within the free space', async () => {
    const systemId = await scene.begin();
    const sdb = await disk(systemId, 'sdb');
    const sdc = await disk(systemId, 'sdc');
    const path = `nodes/${systemId}/volume-groups/`;
    const ids = [text(sdb?.['id']), text(sdc?.['id'])];
    const commas = await scene.maas.post(path, { name: 'vg0', block_devices: ids.join(',') });
    expect(commas.json).toEqual({
      block_devices: [`Select a valid choice. ${ids.join(',')} is not one of the available choices.`],
    });
    const group = (await scene.maas.post(path, { name: 'vg0', block_devices: ids })).json;
    const extent = 4_194_304;
    const size = Math.floor((1_000_204_886_016 + 8_589_934_592) / extent) * extent - 2 * extent;
    expect(group).toMatchObject({ name: 'vg0', size, available_size: size, used_size: 0 });
    const item = `nodes/${systemId}/volume-group/${text(group['id'])}/`;
    const volume = (await scene.maas.post(`${item}?op=create_logical_volume`, { name: 'log', size: '500000000' })).json;
    expect(volume).toMatchObject({ name: 'vg0-log', type: 'virtual', size: 499_122_176 });
    const tooLarge = await scene.maas.post(`${item}?op=create_logical_volume`, { name: 'big', size: '9T' });
    expect(Object.keys(tooLarge.json)).toEqual(['size']);
    await scene.maas.post(`${diskPath(systemId, volume)}?op=format`, { fstype: 'ext4' });
    await scene.maas.post(`${diskPath(systemId, volume)}?op=mount`, { mount_point: '/var/log' });
    const state = (await scene.simulator.control.machine('n01')).maas?.volumeGroups;
    expect(state).toMatchObject([
      {
        name: 'vg0',
        members: ['sdb', 'sdc'],
        logicalVolumes: [{ name: 'log', filesystem: { mountPoint: '/var/log' } }],
      },
    ]);
    const removed = await scene.maas.post(`${item}?op=delete_logical_volume`, { id: text(volume['id']) });
    expect(removed.statusCode).toBe(204);
    expect((await scene.maas.delete(item)).statusCode).toBe(204);
    expect((await disk(systemId, 'sdb'))?.['used_for']).toBe('Unused');
  });

  test('no member, a used member and a taken name are refused', async () => {
    const systemId = await scene.begin();
    const path = `nodes/${systemId}/volume-groups/`;
    expect((await scene.maas.post(path, { name: 'vg0' })).json).toEqual({
      __all__: ['At least one valid block device or partition is required.'],
    });
    expect((await scene.maas.post(path, { name: 'vg0', block_devices: 'sda' })).statusCode).toBe(400);
    expect((await scene.maas.post(path, { name: 'vg0', block_devices: 'sdb' })).statusCode).toBe(200);
    expect((await scene.maas.post(path, { name: 'vg0', block_devices: 'sdc' })).json).toEqual({
      name: ["Volume group with name 'vg0' already exists."],
    });
  });
});
