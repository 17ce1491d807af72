import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DrydockClient } from '@drydock/client';
import { fleetOf, type SimulatorProcess, startSimulatorProcess } from '@drydock/demo';
import type { CompiledDesign } from '@drydock/model';
import type { Bench } from './bench.js';
import { type MeasuredSystem, startSystem } from './start-system.js';
import { writeDesign } from './write-design.js';

/** A site of cabled machines and a Drydock in front of it. */
export interface DeployStand {
  readonly design: CompiledDesign;
  readonly designRef: string;
  readonly simulator: SimulatorProcess;
  readonly system: MeasuredSystem;
  readonly client: DrydockClient;
}

/** What protects real hardware and would be all that is measured; off, and said so in the result. */
export const stopwatchSettings = { spacing: 0, ramp: 0, pollSeconds: 0.5 } as const;

/** Starts everything; the machines are off and MAAS knows none of them. */
export async function startDeployStand(bench: Bench): Promise<DeployStand> {
  const { design, file } = await writeDesign(bench);
  const logDirectory = join(bench.dataDirectory, 'logs');
  const simulator = await startSimulatorProcess({ ...bench, logDirectory, timeScale: bench.options.timeScale });
  bench.closers.add('simulator', () => simulator.stop());
  bench.signal.throwIfAborted();
  const system = await startSystem(bench, {
    DRYDOCK_NODE_DRIVER: 'maas',
    DRYDOCK_DESIGN_FILE_ROOTS: dirname(file),
    DRYDOCK_OOB_LOOPBACK_ONLY: 'true',
    DRYDOCK_POLL_INTERVAL_SECONDS: String(stopwatchSettings.pollSeconds),
    DRYDOCK_RACK_POWER_SPACING_MILLISECONDS: String(stopwatchSettings.spacing),
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: String(stopwatchSettings.ramp),
    MAAS_URL: simulator.maasUrl,
    MAAS_API_KEY: simulator.apiKey,
  });
  await simulator.control.postFleet(fleetOf(design));
  const client = new DrydockClient({ url: system.drydock.apiUrl });
  return { design, designRef: pathToFileURL(file).href, simulator, system, client };
}
