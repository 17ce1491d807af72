import { describe, expect, test } from '@jest/globals';
import { machineSpec } from './builders.js';
import { text } from './client.js';
import { Scene } from './scene.js';

const scene = new Scene();

describe('a BMC that is down', () => {
  const cases: [string, string, string][] = [
    ['commission', 'Ready', 'commission'],
    ['deploy', 'Allocated', 'deploy'],
  ];
  test.each(cases)('%s answers 500 in plain text and the status goes back to %s', async (_name, back, operation) => {
    const systemId = await scene.begin();
    await scene.makeDeployable(systemId);
    await scene.simulator.control.setFaults('n01', { bmcDown: true });
    const answer = await scene.maas.post(`machines/${systemId}/?op=${operation}`);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.text).toContain('127.16.9.1');
    expect((await scene.machine(systemId))['status_name']).toBe(back);
    const [entry] = await scene.simulator.control.journal({ op: operation, objectId: systemId });
    expect(entry).toMatchObject({ statusCode: 500, accepted: false, machine: 'n01' });
  });

  test('erasing becomes Failed disk erasing, releasing goes back', async () => {
    const systemId = await scene.begin();
    await scene.makeDeployable(systemId);
    await scene.maas.post(`machines/${systemId}/?op=deploy`);
    await scene.settle(systemId, 'Deployed');
    await scene.simulator.control.setFaults('n01', { bmcDown: true });
    expect((await scene.maas.post(`machines/${systemId}/?op=release`)).statusCode).toBe(500);
    expect((await scene.machine(systemId))['status_name']).toBe('Deployed');
    expect((await scene.maas.post(`machines/${systemId}/?op=release`, { erase: 'true' })).statusCode).toBe(500);
    expect((await scene.machine(systemId))['status_name']).toBe('Failed disk erasing');
  });

  test('nobody can talk to it until the fault is cleared', async () => {
    await scene.begin();
    await scene.simulator.control.setFaults('n01', { bmcDown: true });
    await expect(scene.bmc('n01', 'GET', '/redfish/v1/')).rejects.toThrow();
    await scene.simulator.control.setFaults('n01', {});
    expect((await scene.bmc('n01', 'GET', '/redfish/v1/')).statusCode).toBe(200);
  });

  test.each([
    ['a wrong password', { power_parameters_power_pass: 'wrong' }],
    ['a wrong address', { power_parameters_power_address: '127.16.9.99' }],
  ])('%s in the power parameters is as bad', async (_what, change) => {
    const systemId = await scene.begin();
    await scene.maas.put(`machines/${systemId}/`, change);
    expect((await scene.maas.post(`machines/${systemId}/?op=commission`)).statusCode).toBe(500);
  });
});

describe('counted and lasting faults', () => {
  test('failCommission strikes as often as it says', async () => {
    const systemId = await scene.begin(['n01'], { initial: 'new', faults: { failCommission: 1 } });
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    const failed = await scene.settle(systemId, 'Failed commissioning');
    expect(failed).toMatchObject({ owner: '', commissioning_status_name: 'Failed' });
    const rows = (await scene.maas.get(`commissioning-results/?system_id=${systemId}`)).list.map((row) => row['name']);
    expect(rows).toEqual(expect.arrayContaining(['50-maas-01-commissioning', '50-maas-01-commissioning.err']));
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    await scene.settle(systemId, 'Ready');
  });

  test('failDeploy always: Failed deployment each time, with a reason in the log', async () => {
    const systemId = await scene.begin(['n01'], { faults: { failDeploy: 'always' } });
    await scene.makeDeployable(systemId);
    for (let attempt = 0; attempt < 2; attempt++) {
      await scene.maas.post(`machines/${systemId}/?op=deploy`);
      const failed = await scene.settle(systemId, 'Failed deployment');
      expect(failed['error_description']).toBe(
        'Installation failed (refer to the installation log for more information).',
      );
      await scene.maas.post(`machines/${systemId}/?op=release`);
      await scene.settle(systemId, 'Ready');
    }
    const log = (await scene.maas.get(`commissioning-results/?system_id=${systemId}&result_type=1`)).list[0];
    expect(Buffer.from(text(log?.['data']), 'base64').toString()).toContain('simulated fault failDeploy');
  });

  test('smallDisk shows after the next commissioning, in the disks and in lshw', async () => {
    const systemId = await scene.begin(['n01'], { faults: { smallDisk: true }, initial: 'new' });
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    await scene.settle(systemId, 'Ready');
    const disks = (await scene.maas.get(`nodes/${systemId}/blockdevices/`)).list;
    expect(disks.map((disk) => disk['size'])).toEqual([4e9, 4e9, 4e9]);
  });

  test('a hang stays until time runs out, then the operation has failed', async () => {
    const systemId = await scene.begin(['n01'], { faults: { hang: 'deploy.install' } });
    await scene.makeDeployable(systemId);
    await scene.maas.post(`machines/${systemId}/?op=deploy`);
    await scene.simulator.control.setClock({ advanceSeconds: 29 * 60 });
    expect(await scene.machine(systemId)).toMatchObject({
      status_name: 'Deploying',
      status_message: 'Configuring storage',
    });
    await scene.simulator.control.setClock({ advanceSeconds: 2 * 60 });
    expect(await scene.machine(systemId)).toMatchObject({
      status_name: 'Failed deployment',
      error_description: "Node operation 'Deploying' timed out after 30 minutes.",
    });
  });

  test('a hand on the power button stops a deploy', async () => {
    const systemId = await scene.begin(['n01'], { faults: { hang: 'deploy.install' } });
    await scene.makeDeployable(systemId);
    await scene.maas.post(`machines/${systemId}/?op=deploy`);
    await scene.simulator.control.setFaults('n01', {});
    await scene.simulator.control.power('n01', { state: 'off' });
    expect((await scene.machine(systemId))['status_name']).toBe('Deploying');
    await scene.simulator.control.power('n01', { state: 'on', boot: 'pxe' });
    await scene.settle(systemId, 'Deployed');
  });
});

describe('virtual time', () => {
  const golden: [number, string, string][] = [
    [1, 'Commissioning', 'Commissioning'],
    [121, 'Commissioning', 'Performing PXE boot'],
    [45, 'Commissioning', 'Loading ephemeral'],
    [45, 'Commissioning', 'Gathering information'],
    [120, 'Testing', 'Testing'],
    [40, 'Ready', 'Ready'],
  ];

  test('a commissioning follows its timeline', async () => {
    const systemId = await scene.begin(['n01'], { initial: 'new', timeline: { 'power.command': 0 } });
    // Slow enough that only advancing moves it.
    await scene.simulator.control.setClock({ scale: 1e-6 });
    await scene.maas.post(`machines/${systemId}/?op=commission`);
    for (const [seconds, statusName, message] of golden) {
      await scene.simulator.control.setClock({ advanceSeconds: seconds });
      expect(await scene.machine(systemId)).toMatchObject({ status_name: statusName, status_message: message });
    }
    await scene.simulator.control.setClock({ scale: 0 });
  });

  test('equal seeds give equal system ids', async () => {
    const ids = async () => {
      await scene.simulator.control.reset({ seed: 7 });
      return (await scene.simulator.control.addMachines([machineSpec('n01', { initial: 'new' })]))[0]?.systemId;
    };
    expect(await ids()).toBe(await ids());
  });
});
