import { afterAll, beforeAll, expect } from '@jest/globals';
import { startSimulator, type MachineSpec, type Simulator, type SimulatorOptions } from '../src/index.js';
import { MaasClient, send, type Answer, type Json, text } from './client.js';
import { machineSpec } from './builders.js';

const maxTurns = 20_000;

/** A simulator for one test file, with the requests that scenarios are made of. */
export class Scene {
  simulator!: Simulator;
  maas!: MaasClient;

  constructor(options: SimulatorOptions = {}) {
    beforeAll(async () => {
      this.simulator = await startSimulator(options);
      this.maas = new MaasClient(this.simulator, this.simulator.apiKey);
    });
    afterAll(() => this.simulator.close());
  }

  /** A new world with these machines, all Ready unless they say otherwise. */
  async begin(names: readonly string[] = ['n01'], change: Partial<MachineSpec> = {}): Promise<string> {
    const machines = names.map((name) => machineSpec(name, { initial: 'ready', ...change }));
    const fleet = await this.simulator.control.postFleet({ machines });
    return fleet[0]?.systemId ?? '';
  }

  async machine(systemId: string): Promise<Json> {
    return (await this.maas.get(`machines/${systemId}/`)).json;
  }

  /** Reads the machine until it has this status; the simulator is busy, not slow. */
  async settle(systemId: string, statusName: string): Promise<Json> {
    for (let turn = 0; turn < maxTurns; turn++) {
      const machine = await this.machine(systemId);
      if (text(machine['status_name']) === statusName) return machine;
    }
    throw new Error(`machine ${systemId} never became ${statusName}`);
  }

  /** A fabric-wide subnet on the VLAN of the machine's boot card; answers its id. */
  async addSubnet(systemId: string, cidr = '172.24.1.0/24', gateway = '172.24.1.1'): Promise<string> {
    const machine = await this.machine(systemId);
    const vlan = text(machine['boot_interface']?.['vlan']?.['id']);
    const answer = await this.maas.post('subnets/', { cidr, vlan, gateway_ip: gateway, name: 'oam' });
    expect(answer.statusCode).toBe(200);
    return text(answer.json['id']);
  }

  /** Everything that a deploy needs. */
  async makeDeployable(systemId: string): Promise<void> {
    const subnet = await this.addSubnet(systemId);
    const nic = text((await this.machine(systemId))['boot_interface']?.['id']);
    const path = `nodes/${systemId}/interfaces/${nic}/?op=link_subnet`;
    expect((await this.maas.post(path, { mode: 'auto', subnet })).statusCode).toBe(200);
  }

  allocate(systemId: string): Promise<Answer> {
    return this.maas.post('machines/?op=allocate', { system_id: systemId });
  }

  /** A request to the BMC of a machine, with basic authentication. */
  async bmc(name: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const fleet = await this.simulator.control.fleet();
    const bmc = fleet.find((candidate) => candidate.name === name)?.bmc;
    const headers = {
      Authorization: `Basic ${Buffer.from('root:calvin').toString('base64')}`,
      'Content-Type': 'application/json',
    };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return send(method, `http://${bmc?.address}:${bmc?.port}${path}`, headers, text);
  }
}
