import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createControlServer } from './control/control-server.js';
import { SimulatorControl } from './control/simulator-control.js';
import { Stage } from './control/stage.js';
import { requireLoopback } from './loopback.js';
import type { User } from './maas/call.js';
import { createMaasServer } from './maas/maas-server.js';
import type { MaasVersion } from './world/world.js';

/** Options of a simulator; everything has a default that suits a test. */
export interface SimulatorOptions {
  /** In 127.0.0.0/8. */
  readonly host?: string;
  /** 0 = any free port. */
  readonly port?: number;
  readonly controlPort?: number;
  /** Key of the administrator: `consumer:token:secret`. */
  readonly apiKey?: string;
  /** Further users. */
  readonly users?: readonly User[];
  readonly seed?: number;
  /** Virtual seconds per second; 0 = at once. */
  readonly timeScale?: number;
  readonly version?: MaasVersion;
  /** A machine boots from the network only where DHCP is served or relayed. */
  readonly requiresDhcp?: boolean;
  /** Sessions that a BMC holds at most. */
  readonly sessionLimit?: number;
  /** PEM texts, for BMCs with scheme https. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A simulator that runs. */
export interface Simulator {
  /** Ends in `/MAAS`; the API is below `/api/2.0/`. */
  readonly maasUrl: string;
  readonly apiKey: string;
  readonly controlUrl: string;
  readonly control: SimulatorControl;
  /** Stops everything; may be repeated. */
  close(): Promise<void>;
}

const defaultApiKey = 'simulatorconsumer1:simulatortokenkey1:simulatorsecret00000000000000000';

/** Starts a MAAS, its control API and an empty fleet. Throws when an address is not loopback or a port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  const apiKey = options.apiKey ?? defaultApiKey;
  requireLoopback(host, 'the simulator host');
  requireKey(apiKey);
  const stage = new Stage({
    seed: options.seed ?? 1,
    timeScale: options.timeScale ?? 0,
    version: options.version ?? '3.5',
    requiresDhcp: options.requiresDhcp ?? false,
    sessionLimit: options.sessionLimit ?? 8,
    tls: options.tls,
  });
  const admin: User = { username: 'admin', email: 'admin@example.test', isSuperuser: true, apiKey };
  const users = [admin, ...(options.users ?? [])];
  const maas = createMaasServer({ world: () => stage.world, journal: stage.journal, users });
  const control = createControlServer(stage);
  const maasPort = await listen(maas, host, options.port ?? 0);
  const controlPort = await listen(control, host, options.controlPort ?? 0).catch(async (error: unknown) => {
    await stop(maas);
    throw error;
  });
  const controlUrl = `http://${host}:${controlPort}`;
  return {
    maasUrl: `http://${host}:${maasPort}/MAAS`,
    apiKey,
    controlUrl,
    control: new SimulatorControl(controlUrl),
    close: async () => {
      await Promise.all([stop(maas), stop(control), stage.close()]);
    },
  };
}

function requireKey(apiKey: string): void {
  if (apiKey.split(':').filter((part) => part !== '').length !== 3) {
    throw new Error('the API key must have three parts, consumer:token:secret');
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
