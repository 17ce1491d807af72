import { readFile } from 'node:fs/promises';
import { DrydockError, type BulkObserver } from '@drydock/model';
import { createMaasDriver } from '@drydock/maas-driver';
import { createOobDrivers, defaultOobConfig } from '@drydock/oob-driver';
import type { StepDrivers } from '@drydock/orchestrator';
import { createScriptedDrivers, parseScript } from '@drydock/scripted-driver';
import type { WorkerConfig } from './config.js';

export interface WorkerDrivers {
  readonly drivers: StepDrivers;
  readonly observers: readonly BulkObserver[];
  close(): void;
}

/** What `DRYDOCK_NODE_DRIVER` chooses. */
export const driverSets = {
  maas: async (config) => {
    const maas = createMaasDriver({
      name: config.provisioner,
      url: config.maasUrl ?? '',
      apiKey: config.maasApiKey?.reveal() ?? '',
      skipBmcConfig: config.isBmcConfigSkipped,
      useNodeOobParameters: config.usesNodeOobParameters,
      maxConcurrentRequests: config.maasConcurrentRequests,
      timeLimits: {
        connectSeconds: config.maasConnectTimeoutSeconds,
        readSeconds: config.maasReadTimeoutSeconds,
        listSeconds: config.maasListTimeoutSeconds,
        writeSeconds: config.maasWriteTimeoutSeconds,
        machineSeconds: config.maasMachineTimeoutSeconds,
      },
    });
    const drivers = { node: maas.driver, oob: await oobDrivers(config), kubernetes: null };
    return { drivers, observers: [maas.observer], close: () => maas.close() };
  },
  scripted: async (config) => {
    const script = createScriptedDrivers(parseScript(await readScript(config.script)));
    return {
      drivers: { node: script.node, oob: [script.oob], kubernetes: script.kubernetes },
      observers: [script.observer],
      close: () => undefined,
    };
  },
  none: async (config) => ({
    drivers: { node: null, oob: await oobDrivers(config), kubernetes: null },
    observers: [],
    close: () => undefined,
  }),
} as const satisfies Record<string, (config: WorkerConfig) => Promise<WorkerDrivers>>;

export function isDriverSet(name: string): name is keyof typeof driverSets {
  return name in driverSets;
}

async function oobDrivers(config: WorkerConfig): Promise<StepDrivers['oob']> {
  const { redfish } = defaultOobConfig;
  const ca = config.redfishCaFile === undefined ? undefined : await readFile(config.redfishCaFile, 'utf8');
  const isAddressAllowed = config.isOobLoopbackOnly ? isLoopback : redfish.isAddressAllowed;
  return createOobDrivers({
    redfish: {
      ...redfish,
      isAddressAllowed,
      tls: { ca, rejectUnauthorized: config.isRedfishTlsVerified },
      requestTimeoutSeconds: config.redfishTimeoutSeconds,
      powerLookSeconds: config.redfishPowerLookSeconds,
    },
    manual: { delaySeconds: config.manualDelaySeconds },
  });
}

function isLoopback(address: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(address);
}

async function readScript(path: string | undefined): Promise<unknown> {
  if (path === undefined) return { format: 1, rows: [] };
  try {
    const text = await readFile(path, 'utf8');
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DrydockError('invalid_configuration', `the script ${path} (DRYDOCK_SCRIPT) cannot be read as JSON`, {
      cause,
    });
  }
}
