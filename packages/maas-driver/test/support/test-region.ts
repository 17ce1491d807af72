import {
  startSimulator,
  type Faults,
  type JournalEntry,
  type MachineSpec,
  type Simulator,
} from '@drydock/maas-simulator';
import type { NodeDriver, Verb } from '@drydock/model';
import { createMaasDriver, type MaasDriver, type MaasDriverConfig, type RequestRecord } from '../../src/index.js';
import { bmcAddress, nodeName } from './demo-node.js';
import { runStep, type RunOptions, type RunReport } from './step-runner.js';

const gigabyte = 10 ** 9;

export interface TestRegion {
  readonly simulator: Simulator;
  readonly maas: MaasDriver;
  readonly requests: RequestRecord[];
  run<V extends keyof NodeDriver & Verb>(
    verb: V,
    input: Parameters<NodeDriver[V]>[0],
    options?: RunOptions,
  ): Promise<RunReport>;
  /** A driver without the shared reads of the first. */
  restart(): void;
  /** Mutating requests since the last call of this. */
  writes(): Promise<readonly JournalEntry[]>;
  close(): Promise<void>;
}

export function machineSpec(
  index: number,
  over: { initial?: 'unknown' | 'new' | 'ready'; faults?: Faults } = {},
): MachineSpec {
  const mac = (nic: number) => `52:54:00:00:${String(index).padStart(2, '0')}:0${nic}`;
  return {
    name: nodeName(index),
    bmc: { kind: 'ipmi', address: bmcAddress(index), username: 'admin', password: 'secret-of-bmc' },
    nics: [
      {
        name: 'eno1',
        macAddress: mac(1),
        busInfo: 'pci@0000:00:03.0',
        fabric: 'pxe',
        vid: 0,
        cidr: '172.24.1.0/24',
        boot: true,
      },
      { name: 'eno2', macAddress: mac(2), busInfo: 'pci@0000:00:04.0', fabric: 'gp', vid: 0 },
      { name: 'eno3', macAddress: mac(3), busInfo: 'pci@0000:00:05.0', fabric: 'gp', vid: 0 },
    ],
    disks: [
      { name: 'sda', sizeBytes: 100 * gigabyte, busInfo: 'scsi@2:0.0.0', model: 'SSD', serial: `S${index}1` },
      { name: 'sdb', sizeBytes: 200 * gigabyte, busInfo: 'scsi@3:0.0.0', model: 'SSD', serial: `S${index}2` },
    ],
    cpuCount: 8,
    memoryMib: 16384,
    bootMode: 'bios',
    architecture: 'amd64/generic',
    initial: over.initial ?? 'new',
    faults: over.faults ?? {},
  };
}

/** Another user of the same MAAS. */
export const colleague = {
  username: 'colleague',
  email: 'colleague@example.test',
  isSuperuser: true,
  apiKey: 'colleagueconsumer1:colleaguetokenkey1:colleaguesecret00000000000000000',
};

/** A simulator with these machines and one rack controller on their PXE network, and a driver on it. */
export async function startTestRegion(
  machines: readonly MachineSpec[],
  config: Partial<MaasDriverConfig> = {},
): Promise<TestRegion> {
  const simulator = await startSimulator({ timeScale: 0, users: [colleague] });
  await simulator.control.postFleet({
    machines: [...machines],
    racks: [
      {
        hostname: 'rack01',
        interfaces: [
          {
            name: 'eth0',
            macAddress: '52:54:00:ff:00:01',
            cidr: '172.24.1.0/24',
            address: '172.24.1.2',
            fabric: 'pxe',
            vid: 0,
            dhcp: true,
          },
        ],
      },
    ],
  });
  const requests: RequestRecord[] = [];
  const create = () =>
    createMaasDriver({
      name: 'default',
      url: simulator.maasUrl,
      apiKey: simulator.apiKey,
      onRequest: (record) => requests.push(record),
      ...config,
    });
  let maas = create();
  let sequence = 0;
  return {
    simulator,
    requests,
    get maas() {
      return maas;
    },
    restart() {
      maas.close();
      maas = create();
    },
    async run(verb, input, options) {
      const method = maas.driver[verb];
      const job = {
        verb,
        input: input as never,
        observer: maas.observer,
        ...(options === undefined ? {} : { options }),
      };
      return await runStep(method as never, job);
    },
    async writes() {
      const entries = await simulator.control.journal({ since: sequence, source: 'maas' });
      sequence = entries.at(-1)?.sequence ?? sequence;
      return entries;
    },
    async close() {
      maas.close();
      await simulator.close();
    },
  };
}
