import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleetOf, type SimulatorProcess, startSimulatorProcess } from '@drydock/demo';
import { compileDesign } from '@drydock/ingester';
import type { FleetSpec } from '@drydock/maas-simulator';
import type { CompiledDesign } from '@drydock/model';
import { Closers, silentLog } from '@drydock/runtime';
import { projectRoot, runSite, type Site, type SiteOptions } from '../site/run-site.js';

export interface MaasSite {
  readonly site: Site;
  readonly simulator: SimulatorProcess;
  close(): Promise<void>;
}

export interface MaasSiteOptions extends Pick<SiteOptions, 'backend' | 'env'> {
  /** Virtual seconds per second; a machine takes 8 virtual minutes to commission and 11 to deploy. */
  readonly timeScale: number;
}

/** Drydock and a simulated MAAS, all as real processes. */
export async function runMaasSite({ backend, env, timeScale }: MaasSiteOptions): Promise<MaasSite> {
  const closers = new Closers();
  try {
    const logDirectory = await mkdtemp(join(tmpdir(), 'drydock-e2e-maas-'));
    closers.add('logs', () => rm(logDirectory, { recursive: true, force: true }));
    const simulator = await startSimulatorProcess({ projectRoot, logDirectory, timeScale, log: silentLog });
    closers.add('simulator', () => simulator.stop());
    const site = await runSite({ backend, env: { ...maasEnvironment(simulator), ...env } });
    closers.add('site', () => site.close(), 120);
    return { site, simulator, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function maasEnvironment({ maasUrl, apiKey }: SimulatorProcess): Record<string, string> {
  return {
    DRYDOCK_NODE_DRIVER: 'maas',
    DRYDOCK_OOB_LOOPBACK_ONLY: 'true',
    MAAS_URL: maasUrl,
    MAAS_API_KEY: apiKey,
  };
}

export interface Stage {
  readonly design: CompiledDesign;
  readonly designRef: string;
}

/** Makes the hardware that the design describes, after `change`, and stores the design where the site may read it. */
export async function stage(
  { site, simulator }: MaasSite,
  text: string,
  change: (fleet: FleetSpec) => FleetSpec = (fleet) => fleet,
): Promise<Stage> {
  const { design, findings, isValid } = compileDesign(Buffer.from(text), 'site.yaml');
  if (design === null || !isValid) throw new Error(`the design is not valid: ${JSON.stringify(findings)}`);
  await simulator.control.postFleet(change(fleetOf(design)));
  return { design, designRef: await site.writeDesign('site', text) };
}
