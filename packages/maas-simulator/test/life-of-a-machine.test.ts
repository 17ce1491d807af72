import { describe, expect, test } from '@jest/globals';
import { deserialize } from 'bson';
import { machineSpec } from './builders.js';
import { text } from './client.js';
import { Scene } from './scene.js';

const scene = new Scene();

describe('enlistment', () => {
  const override = { Boot: { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' } };
  const reset = '/redfish/v1/Systems/1/Actions/ComputerSystem.Reset';

  test('a machine that boots once from the network becomes known as New, with a made-up name and its BMC', async () => {
    await scene.simulator.control.postFleet({ machines: [machineSpec('n01')] });
    expect((await scene.bmc('n01', 'PATCH', '/redfish/v1/Systems/1', override)).statusCode).toBe(200);
    expect((await scene.bmc('n01', 'POST', reset, { ResetType: 'On' })).statusCode).toBe(204);
    const [machine] = (await scene.maas.get('machines/?mac_address=52:54:00:00:01:01')).list;
    expect(machine).toMatchObject({ status_name: 'New', power_type: 'redfish', power_state: 'on', cpu_count: 0 });
    expect(machine?.['hostname']).not.toBe('n01');
    const parameters = await scene.maas.get('machines/?op=power_parameters');
    expect(Object.values(parameters.json)).toEqual([
      { power_address: '127.16.9.1', power_user: 'root', power_pass: 'calvin', node_id: '1' },
    ]);
    const system = (await scene.bmc('n01', 'GET', '/redfish/v1/Systems/1')).json;
    expect(system['Boot']).toMatchObject({ BootSourceOverrideEnabled: 'Disabled', BootSourceOverrideTarget: 'None' });
  });

  test('a machine that boots without the network stays unknown', async () => {
    await scene.simulator.control.postFleet({ machines: [machineSpec('n01')] });
    await scene.bmc('n01', 'POST', reset, { ResetType: 'On' });
    expect((await scene.maas.get('machines/')).list).toEqual([]);
    expect((await scene.simulator.control.machine('n01')).maas).toBeNull();
  });

  test('a deleted machine enlists anew, with another system id', async () => {
    const systemId = await scene.begin();
    expect((await scene.maas.delete(`machines/${systemId}/`)).statusCode).toBe(204);
    expect((await scene.maas.get(`machines/${systemId}/`)).statusCode).toBe(404);
    await scene.simulator.control.power('n01', { state: 'cycle', boot: 'pxe' });
    const [machine] = (await scene.maas.get('machines/')).list;
    expect(machine?.['status_name']).toBe('New');
    expect(machine?.['system_id']).not.toBe(systemId);
  });
});

describe('commissioning', () => {
  test('finds the hardware, lays out the first disk and leaves the machine off', async () => {
    const systemId = await scene.begin(['n01'], { initial: 'new' });
    const answer = await scene.maas.post(`machines/${systemId}/?op=commission`, { skip_bmc_config: '1' });
    expect(answer.json['status_name']).toBe('Commissioning');
    const machine = await scene.settle(systemId, 'Ready');
    expect(machine).toMatchObject({
      cpu_count: 8,
      memory: 16_384,
      owner: '',
      power_state: 'off',
      bios_boot_method: 'pxe',
    });
    const disks = (await scene.maas.get(`nodes/${systemId}/blockdevices/`)).list;
    expect(disks[0]).toMatchObject({
      name: 'sda',
      available_size: 0,
      used_size: 480_103_104_512,
      partition_table_type: 'GPT',
    });
    expect(disks[0]?.['partitions']?.[0]).toMatchObject({
      size: 480_096_813_056,
      path: '/dev/disk/by-dname/sda-part2',
    });
    expect(disks[1]).toMatchObject({ name: 'sdb', available_size: 1_000_194_703_360, used_for: 'Unused' });
  });

  test('lshw and lldp are null before and tell bus addresses and names after', async () => {
    const systemId = await scene.begin(['n01'], { initial: 'new' });
    const before = await scene.maas.get(`machines/${systemId}/?op=details`);
    expect(before.headers['content-type']).toBe('application/bson');
    expect(deserialize(before.body)).toEqual({ lshw: null, lldp: null });
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    await scene.settle(systemId, 'Ready');
    const after = deserialize((await scene.maas.get(`machines/${systemId}/?op=details`)).body, {
      promoteBuffers: true,
    });
    const lshw = String(after['lshw']);
    expect(lshw).toContain('<businfo>pci@0000:00:03.0</businfo>\n<logicalname>eno1</logicalname>');
    expect(lshw).toContain('<businfo>scsi@2:0.0.0</businfo>\n<logicalname>/dev/sda</logicalname>');
  });

  test('results tell every script, by machine and type', async () => {
    const systemId = await scene.begin(['n01'], { initial: 'new' });
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    await scene.settle(systemId, 'Ready');
    const rows = (await scene.maas.get(`commissioning-results/?system_id=${systemId}&result_type=0`)).list;
    expect(rows.map((row) => row['name'])).toContain('maas-lshw');
    expect(rows.every((row) => Number(row['script_result']) === 0)).toBe(true);
    const sets = (await scene.maas.get(`nodes/${systemId}/results/?type=commissioning&include_output=true`)).list;
    expect(sets).toHaveLength(1);
    expect(sets[0]).toMatchObject({ status_name: 'Passed', type_name: 'Commissioning' });
    const testing = (await scene.maas.get(`nodes/${systemId}/results/current-testing/`)).json;
    expect(testing['status_name']).toBe('Passed');
  });

  test.each([
    ['without testing scripts no Testing', { testing_scripts: 'none' }, false],
    ['by default Testing comes before Ready', {}, true],
  ])('%s', async (_name, form, isTested) => {
    const systemId = await scene.begin(['n01'], { initial: 'new' });
    await scene.maas.post(`machines/${systemId}/?op=commission`, form);
    await scene.settle(systemId, 'Ready');
    const events = (await scene.maas.get(`events/?op=query&id=${systemId}`)).json['events'] as unknown as {
      type: string;
    }[];
    expect(events.map((event) => event.type).includes('Testing')).toBe(isTested);
  });
});

describe('deploy and release', () => {
  test('a deploy installs what was asked for and tells its phases', async () => {
    const systemId = await scene.begin();
    await scene.makeDeployable(systemId);
    expect((await scene.allocate(systemId)).json).toMatchObject({ status_name: 'Allocated', owner: 'admin' });
    await scene.maas.post(`machines/${systemId}/?op=set_workload_annotations`, { role: 'worker', gone: '' });
    const deploy = { distro_series: 'focal', hwe_kernel: 'hwe-20.04', user_data: 'I2Nsb3VkLWNvbmZpZw==' };
    const answer = await scene.maas.post(`machines/${systemId}/?op=deploy`, deploy);
    expect(answer.json).toMatchObject({ status_name: 'Deploying', ip_addresses: ['172.24.1.2'] });
    const machine = await scene.settle(systemId, 'Deployed');
    expect(machine).toMatchObject({
      distro_series: 'focal',
      hwe_kernel: 'hwe-20.04',
      netboot: false,
      workload_annotations: { role: 'worker' },
      status_message: 'Image Deployed - deployed ubuntu/amd64/focal',
    });
    const events = (await scene.maas.get(`events/?op=query&id=${systemId}&limit=9`)).json['events'] as unknown as {
      type: string;
    }[];
    expect(events.map((event) => event.type).toReversed()).toEqual([
      'Performing PXE boot',
      'Loading ephemeral',
      'Configuring storage',
      'Installing OS',
      'Configuring OS',
      'Rebooting',
      'Performing PXE boot',
      'Deployed',
      'Image Deployed',
    ]);
    const log = (await scene.maas.get(`commissioning-results/?system_id=${systemId}&result_type=1`)).list[0];
    expect(log?.['name']).toBe('/tmp/install.log');
    expect(Buffer.from(text(log?.['data']), 'base64').toString()).toContain('curtin: Installation finished.');
    const state = await scene.simulator.control.machine('n01');
    expect(state.maas?.userData).toBe('I2Nsb3VkLWNvbmZpZw==');
    expect(state.hasInstalledSystem).toBe(true);
  });

  test('a release with erase ends Ready: owner, annotations and addresses gone, network and storage kept', async () => {
    const systemId = await scene.begin();
    await scene.makeDeployable(systemId);
    await scene.maas.post(`machines/${systemId}/?op=deploy`);
    await scene.settle(systemId, 'Deployed');
    const answer = await scene.maas.post(`machines/${systemId}/?op=release`, { erase: 'True', quick_erase: 'True' });
    expect(answer.json['status_name']).toBe('Disk erasing');
    const machine = await scene.settle(systemId, 'Ready');
    expect(machine).toMatchObject({
      owner: '',
      owner_data: {},
      osystem: '',
      hwe_kernel: null,
      ip_addresses: [],
      power_state: 'off',
    });
    expect(machine['interface_set']?.['0']?.['links']?.['0']?.['mode']).toBe('auto');
  });

  test.each([
    ['an unknown series', { distro_series: 'warty' }, 'distro_series'],
    ['an unknown kernel', { distro_series: 'focal', hwe_kernel: 'ga-22.04' }, 'hwe_kernel'],
  ])('%s is refused by name', async (_what, form, field) => {
    const systemId = await scene.begin();
    await scene.makeDeployable(systemId);
    const answer = await scene.maas.post(`machines/${systemId}/?op=deploy`, form);
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json)).toEqual([field]);
    expect((await scene.machine(systemId))['status_name']).toBe('Ready');
  });

  test('without a root filesystem or a network a deploy is refused', async () => {
    const systemId = await scene.begin();
    const noNetwork = await scene.maas.post(`machines/${systemId}/?op=deploy`);
    expect(noNetwork.json).toEqual({ network: ['Node must be configured to use a network'] });
    await scene.maas.post(`machines/${systemId}/?op=set_storage_layout`, { storage_layout: 'blank' });
    const noRoot = await scene.maas.post(`machines/${systemId}/?op=deploy`);
    expect(noRoot.json).toEqual({ storage: ["Mount the root '/' filesystem to be able to deploy this node."] });
  });

  test('annotations belong to the owner', async () => {
    const systemId = await scene.begin();
    const answer = await scene.maas.post(`machines/${systemId}/?op=set_workload_annotations`, { role: 'x' });
    expect([answer.statusCode, answer.text]).toEqual([409, "Cannot set workload annotation: it hasn't been acquired."]);
  });

  test('a machine can be allocated once', async () => {
    const systemId = await scene.begin();
    expect((await scene.allocate(systemId)).statusCode).toBe(200);
    const again = await scene.allocate(systemId);
    expect([again.statusCode, again.text]).toEqual([409, `No machine with system ID ${systemId} available.`]);
  });
});

describe('machine list and update', () => {
  test('filters are alternatives within a name and requirements across names', async () => {
    const first = await scene.begin(['n01', 'n02', 'n03']);
    const second = text((await scene.maas.get('machines/?hostname=n02')).list[0]?.['system_id']);
    const hostNames = async (query: string) =>
      (await scene.maas.get(`machines/?${query}`)).list.map((row) => row['hostname']);
    expect(await hostNames(`id=${first}&id=${second}`)).toEqual(['n01', 'n02']);
    expect(await hostNames(`id=${first}&hostname=n02`)).toEqual([]);
    expect(await hostNames('status=ready')).toEqual(['n01', 'n02', 'n03']);
    expect(await hostNames('mac_address=00:00:00:00:00:00')).toEqual([]);
    const unknown = await scene.maas.get('machines/?colour=red');
    expect([unknown.statusCode, unknown.json]).toEqual([400, { colour: ['No such constraint.'] }]);
    expect((await scene.maas.get('machines/?mac_address=xyz')).statusCode).toBe(400);
  });

  test('host name, domain and power parameters change; what is not sent stays', async () => {
    const systemId = await scene.begin(['n01', 'n02']);
    await scene.maas.post('domains/', { name: 'site.test', authoritative: 'False' });
    const change = {
      hostname: 'web1',
      domain: 'site.test',
      power_type: 'redfish',
      power_parameters_power_user: 'other',
    };
    const answer = await scene.maas.put(`machines/${systemId}/`, change);
    expect(answer.json).toMatchObject({ hostname: 'web1', fqdn: 'web1.site.test', power_type: 'redfish' });
    const parameters = (await scene.maas.get(`machines/${systemId}/?op=power_parameters`)).json;
    expect(parameters).toMatchObject({ power_user: 'other', power_pass: 'calvin', power_address: '127.16.9.1' });
  });

  test.each([
    ['a taken host name', { hostname: 'n02' }, 'hostname'],
    ['an invalid host name', { hostname: 'a_b' }, 'hostname'],
    ['an unknown domain', { domain: 'nowhere.test' }, 'domain'],
    ['an unknown power type', { power_type: 'steam' }, 'power_type'],
  ])('%s is refused by name', async (_what, change, field) => {
    const systemId = await scene.begin(['n01', 'n02']);
    const answer = await scene.maas.put(`machines/${systemId}/`, change);
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json)).toEqual([field]);
  });
});
