import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { startSimulator, type SimulatorOptions } from '../src/index.js';
import { machineSpec } from './builders.js';
import { MaasClient, text } from './client.js';

async function withSimulator(
  options: SimulatorOptions,
  run: (maas: MaasClient, control: Awaited<ReturnType<typeof startSimulator>>['control']) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator(options);
  try {
    await run(new MaasClient(simulator, simulator.apiKey), simulator.control);
  } finally {
    await simulator.close();
  }
}

describe('options', () => {
  test('a version without workload annotations has owner data only', async () => {
    await withSimulator({ version: '2.9' }, async (maas, control) => {
      const fleet = await control.postFleet({ machines: [machineSpec('n01', { initial: 'ready' })] });
      const path = `machines/${fleet[0]?.systemId}/`;
      await maas.post('machines/?op=allocate');
      expect((await maas.post(`${path}?op=set_workload_annotations`, { a: 'b' })).statusCode).toBe(400);
      const answer = await maas.post(`${path}?op=set_owner_data`, { a: 'b' });
      expect(answer.json['owner_data']).toEqual({ a: 'b' });
      expect(answer.json).not.toHaveProperty('workload_annotations');
      expect(text((await maas.get('version/')).json['version'])).toMatch(/^2\.9/);
    });
  });

  test('where DHCP is required, a machine enlists only on a VLAN that serves it', async () => {
    await withSimulator({ requiresDhcp: true }, async (maas, control) => {
      const racks = [
        { hostname: 'rack01', interfaces: [{ name: 'eth0', cidr: '172.24.5.0/24', fabric: 'served', dhcp: true }] },
      ];
      const nics = (fabric: string, mac: string) => [
        { name: 'eno1', macAddress: mac, busInfo: 'pci@0000:00:03.0', fabric },
      ];
      const machines = [
        machineSpec('n01', { nics: nics('served', '52:54:00:00:00:01') }),
        machineSpec('n02', { nics: nics('elsewhere', '52:54:00:00:00:02') }),
      ];
      await control.postFleet({ machines, racks });
      for (const name of ['n01', 'n02']) await control.power(name, { state: 'on', boot: 'pxe' });
      expect(
        (await maas.get('machines/')).list.map((machine) => machine['interface_set']?.['0']?.['mac_address']),
      ).toEqual(['52:54:00:00:00:01']);
    });
  });

  test('two controllers at one IPMI BMC need five virtual seconds between them', async () => {
    await withSimulator({ timeScale: 1e-6 }, async (maas, control) => {
      const bmc = { kind: 'ipmi', address: '127.16.9.1', username: 'root', password: 'calvin' } as const;
      const timeline = { 'power.command': 0 };
      const fleet = await control.postFleet({ machines: [machineSpec('n01', { initial: 'new', bmc, timeline })] });
      const commission = maas.post(`machines/${fleet[0]?.systemId}/?op=commission`);
      while ((await control.machine('n01')).power === 'off') await control.setClock({ advanceSeconds: 0.1 });
      expect((await commission).statusCode).toBe(200);
      await expect(control.power('n01', { state: 'off' })).rejects.toThrow('busy with another controller');
      await control.setClock({ advanceSeconds: 5 });
      expect((await control.power('n01', { state: 'off' })).power).toBe('off');
    });
  });

  test('a machine with manual power commissions when somebody boots it', async () => {
    await withSimulator({}, async (maas, control) => {
      const bmc = { kind: 'manual', address: '127.16.9.1' } as const;
      const fleet = await control.postFleet({ machines: [machineSpec('n01', { initial: 'new', bmc })] });
      const path = `machines/${fleet[0]?.systemId}/`;
      expect((await maas.post(`${path}?op=commission`)).statusCode).toBe(200);
      expect((await maas.get(path)).json['status_name']).toBe('Commissioning');
      await control.power('n01', { state: 'on', boot: 'pxe' });
      expect((await maas.get(path)).json['status_name']).toBe('Ready');
    });
  });

  test('from 3.6 on a deploy answers before its power command, whose failure is undone later', async () => {
    await withSimulator({ version: '3.6' }, async (maas, control) => {
      const fleet = await control.postFleet({ machines: [machineSpec('n01', { initial: 'ready' })] });
      const path = `machines/${fleet[0]?.systemId}/`;
      const nic = (await maas.get(path)).json['boot_interface'];
      const subnet = await maas.post('subnets/', { cidr: '172.24.1.0/24', vlan: text(nic?.['vlan']?.['id']) });
      await maas.post(`nodes/${fleet[0]?.systemId}/interfaces/${text(nic?.['id'])}/?op=link_subnet`, {
        mode: 'auto',
        subnet: text(subnet.json['id']),
      });
      await control.setFaults('n01', { bmcDown: true });
      const answer = await maas.post(`${path}?op=deploy`);
      expect([answer.statusCode, answer.json['status_name']]).toEqual([200, 'Deploying']);
      expect((await maas.get(path)).json['status_name']).toBe('Allocated');
    });
  });

  test('a key with fewer than three parts is refused', async () => {
    await expect(startSimulator({ apiKey: 'a:b' })).rejects.toThrow('consumer:token:secret');
  });
});

describe('the process', () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const start = (...flags: string[]) =>
    spawn(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', main, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  test('prints its URLs on one line, answers, and stops on SIGTERM with exit code 0', async () => {
    const child = start('--api-key', 'a:b:c', '--seed', '5');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const urls = JSON.parse(line.toString()) as { maasUrl: string; apiKey: string; controlUrl: string };
    expect(urls.apiKey).toBe('a:b:c');
    expect((await new MaasClient(urls, urls.apiKey).get('machines/')).list).toEqual([]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each([
    ['an address outside loopback', ['--host', '10.0.0.1'], '127.0.0.0/8'],
    ['an unknown version', ['--version', '9'], '--version must be one of'],
    ['a port that is no number', ['--port', 'x'], '--port must be a number'],
  ])('%s ends it with exit code 2 and a line that says why', async (_what, flags, message) => {
    const child = start(...flags);
    const chunks: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(Buffer.concat(chunks).toString()).toContain(message);
  });
});
