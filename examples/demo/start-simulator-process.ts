import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SimulatorControl } from '@drydock/maas-simulator';
import { findFreePort, type Log, startProcesses } from '@drydock/runtime';

export interface SimulatorProcessOptions {
  /** The checkout: the simulator is started from its sources. */
  readonly projectRoot: string;
  readonly logDirectory: string;
  /** Virtual seconds per second; 0 = at once. */
  readonly timeScale: number;
  readonly log: Log;
}

export interface SimulatorProcess {
  readonly maasUrl: string;
  readonly apiKey: string;
  readonly control: SimulatorControl;
  stop(): Promise<void>;
}

/** Starts a MAAS simulator as a process of its own, on free ports of the loopback address and with a new API key. */
export async function startSimulatorProcess(options: SimulatorProcessOptions): Promise<SimulatorProcess> {
  const port = await findFreePort();
  const controlPort = await findFreePort();
  const apiKey = [9, 9, 16].map((bytes) => randomBytes(bytes).toString('hex')).join(':');
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const processes = await startProcesses({
    processes: [
      {
        name: 'maas-simulator',
        entry: join(options.projectRoot, 'packages', 'maas-simulator', 'src', 'main.ts'),
        env: {
          MAAS_SIMULATOR_PORT: String(port),
          MAAS_SIMULATOR_CONTROL_PORT: String(controlPort),
          MAAS_SIMULATOR_API_KEY: apiKey,
          MAAS_SIMULATOR_TIME_SCALE: String(options.timeScale),
        },
        readiness: { kind: 'http', url: `${controlUrl}/_sim/health` },
        // Its machines live in its memory: a restarted one would be another site.
        restart: false,
      },
    ],
    logDirectory: options.logDirectory,
    log: options.log,
  });
  return {
    maasUrl: `http://127.0.0.1:${port}/MAAS`,
    apiKey,
    control: new SimulatorControl(controlUrl),
    stop: () => processes.stop(),
  };
}
