import { describe, expect, test } from '@jest/globals';
import { startSimulator } from '../src/index.js';
import { send, text } from './client.js';
import { machineSpec } from './builders.js';
import { Scene } from './scene.js';

const scene = new Scene({ sessionLimit: 2 });
const sessions = '/redfish/v1/SessionService/Sessions';
const system = '/redfish/v1/Systems/1';

async function bmcUrl(): Promise<string> {
  const [hardware] = await scene.simulator.control.postFleet({ machines: [machineSpec('n01')] });
  return `http://${hardware?.bmc.address}:${hardware?.bmc.port}`;
}

const login = (url: string, password = 'calvin') =>
  send(
    'POST',
    `${url}${sessions}`,
    { 'Content-Type': 'application/json' },
    JSON.stringify({ UserName: 'root', Password: password }),
  );

describe('a Redfish BMC', () => {
  test('a session opens, is used, closes, and the table has a limit', async () => {
    const url = await bmcUrl();
    expect((await send('GET', `${url}/redfish/v1/`)).json['RedfishVersion']).toBe('1.6.0');
    expect((await login(url, 'wrong')).statusCode).toBe(401);
    const session = await login(url);
    expect(session.statusCode).toBe(201);
    const token = { 'X-Auth-Token': text(session.headers['x-auth-token']) };
    const systems = await send('GET', `${url}/redfish/v1/Systems`, token);
    expect(systems.json).toMatchObject({ 'Members@odata.count': 1, Members: [{ '@odata.id': system }] });
    await login(url);
    expect((await login(url)).statusCode).toBe(503);
    const location = text(session.headers['location']);
    expect((await send('DELETE', `${url}${location}`, token)).statusCode).toBe(204);
    expect((await send('GET', `${url}${system}`, token)).statusCode).toBe(401);
    expect((await login(url)).statusCode).toBe(201);
  });

  test('a read tells power, boot override and what may be asked; an old ETag is refused', async () => {
    await bmcUrl();
    const read = await scene.bmc('n01', 'GET', system);
    expect(read.json).toMatchObject({ PowerState: 'Off', Boot: { BootSourceOverrideTarget: 'None' } });
    expect(read.json['Actions']?.['#ComputerSystem.Reset']?.['ResetType@Redfish.AllowableValues']).toContain(
      'ForceOff',
    );
    expect(read.headers['etag']).toBe('W/"1"');
    const url = await bmcUrl();
    const basic = `Basic ${Buffer.from('root:calvin').toString('base64')}`;
    const body = JSON.stringify({ Boot: { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' } });
    const patch = (etag: string) => send('PATCH', `${url}${system}`, { Authorization: basic, 'If-Match': etag }, body);
    expect((await patch('W/"0"')).statusCode).toBe(412);
    expect((await patch('W/"1"')).json['Boot']).toMatchObject({
      BootSourceOverrideTarget: 'Pxe',
      BootSourceOverrideEnabled: 'Once',
    });
  });

  test.each([
    ['an unknown reset', 'POST', `${system}/Actions/ComputerSystem.Reset`, { ResetType: 'Kick' }, 400],
    ['an unknown boot target', 'PATCH', system, { Boot: { BootSourceOverrideTarget: 'Tape' } }, 400],
    ['a property that is read-only', 'PATCH', system, { PowerState: 'On' }, 400],
    ['an unknown path', 'GET', '/redfish/v1/Chassis/9', undefined, 404],
  ])('%s is refused', async (_what, method, path, body, statusCode) => {
    await bmcUrl();
    const answer = await scene.bmc('n01', method, path, body);
    expect(answer.statusCode).toBe(statusCode);
    expect(text(answer.json['error']?.['code'])).toMatch(/^Base\.1\.8\./);
  });

  test('power takes virtual time', async () => {
    await bmcUrl();
    await scene.simulator.control.setClock({ scale: 1e-6 });
    await scene.bmc('n01', 'POST', `${system}/Actions/ComputerSystem.Reset`, { ResetType: 'On' });
    expect((await scene.bmc('n01', 'GET', system)).json['PowerState']).toBe('PoweringOn');
    await scene.simulator.control.setClock({ advanceSeconds: 3 });
    expect((await scene.bmc('n01', 'GET', system)).json['PowerState']).toBe('On');
    await scene.simulator.control.setClock({ scale: 0 });
  });
});

describe('the counters', () => {
  test('count every request, reads and refused ones included', async () => {
    const { control } = scene.simulator;
    const before = await control.requestCounts();
    await scene.maas.get('version/');
    await scene.maas.get('machines/?nonsense=1');
    const after = await control.requestCounts();
    expect(after.maas.total - before.maas.total).toBe(2);
    expect((after.maas.byMethod['GET'] ?? 0) - (before.maas.byMethod['GET'] ?? 0)).toBe(2);
  });
});

describe('the journal', () => {
  test('holds every mutating request of both sides, with secrets as digests, and survives a new fleet', async () => {
    const { control } = scene.simulator;
    await control.reset({ journal: true });
    const systemId = await scene.begin();
    await scene.maas.get('machines/');
    await scene.maas.put(`machines/${systemId}/`, { power_parameters_power_pass: 'hush', hostname: 'n01' });
    await scene.allocate(systemId);
    await scene.allocate(systemId);
    await login(`http://127.16.9.1:${(await control.fleet())[0]?.bmc.port}`);
    await scene.maas.delete(`machines/${systemId}/`);
    await scene.maas.post(`machines/${systemId}/?op=release`);
    const entries = await control.journal();
    expect(
      entries.map(({ source, method, op, objectId, machine, statusCode }) => [
        source,
        method,
        op,
        objectId,
        machine,
        statusCode,
      ]),
    ).toEqual([
      ['maas', 'PUT', null, systemId, 'n01', 200],
      ['maas', 'POST', 'allocate', systemId, 'n01', 200],
      ['maas', 'POST', 'allocate', systemId, 'n01', 409],
      ['bmc', 'POST', 'login', expect.stringMatching(/^127\.16\.9\.1:\d+$/), 'n01', 201],
      ['maas', 'DELETE', null, systemId, 'n01', 204],
      ['maas', 'POST', 'release', `/MAAS/api/2.0/machines/${systemId}/`, 'n01', 404],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/hush|calvin/);
    const accepted = await control.journal({ op: 'allocate', accepted: true });
    expect(accepted).toHaveLength(1);
    expect(accepted[0]?.params).toEqual({ system_id: systemId });
    const last = entries.at(-1)?.sequence ?? 0;
    await control.postFleet({ machines: [] });
    expect(await control.journal({ since: last })).toEqual([]);
    expect(await control.journal()).toHaveLength(entries.length);
  });
});

describe('the control API', () => {
  const bad: [string, unknown, string][] = [
    [
      'an address outside 127.0.0.0/8',
      [machineSpec('n01', { bmc: { address: '10.0.0.1' } })],
      'must be in 127.0.0.0/8',
    ],
    [
      'a bad MAC address',
      [machineSpec('n01', { nics: [{ name: 'e', macAddress: 'xx', busInfo: 'pci@1' }] })],
      'must be a MAC address',
    ],
    ['an unknown field', [{ ...machineSpec('n01'), colour: 'red' }], 'colour'],
    ['one name twice', [machineSpec('n01'), machineSpec('n01')], 'the name n01'],
    [
      'https without a certificate',
      [machineSpec('n01', { bmc: { address: '127.16.9.1', port: 0, scheme: 'https' } })],
      'TLS',
    ],
  ];
  test.each(bad)('%s is refused by name', async (_what, machines, message) => {
    const answer = await send('POST', `${scene.simulator.controlUrl}/_sim/fleet`, {}, JSON.stringify({ machines }));
    expect(answer.statusCode).toBe(400);
    expect(text(answer.json['error'])).toContain(message);
  });

  test('unknown machines and paths are told, broken JSON is refused', async () => {
    await expect(scene.simulator.control.machine('nobody')).rejects.toThrow('404');
    expect((await send('GET', `${scene.simulator.controlUrl}/_sim/nothing`)).statusCode).toBe(404);
    expect((await send('POST', `${scene.simulator.controlUrl}/_sim/fleet`, {}, '{')).statusCode).toBe(400);
  });

  test('nothing listens outside 127.0.0.0/8', async () => {
    await expect(startSimulator({ host: '0.0.0.0' })).rejects.toThrow('127.0.0.0/8');
    await expect(startSimulator({ host: '::1' })).rejects.toThrow('127.0.0.0/8');
  });
});
