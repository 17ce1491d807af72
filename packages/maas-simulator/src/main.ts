import { parseArgs } from 'node:util';
import { startSimulator, type SimulatorOptions } from './simulator.js';
import type { MaasVersion } from './world/world.js';

const versions: readonly MaasVersion[] = ['2.9', '3.5', '3.6', '3.7'];

const flags = {
  host: { type: 'string' },
  port: { type: 'string' },
  'control-port': { type: 'string' },
  'api-key': { type: 'string' },
  seed: { type: 'string' },
  'time-scale': { type: 'string' },
  version: { type: 'string' },
  'requires-dhcp': { type: 'string' },
} as const;

/** Flags win over `MAAS_SIMULATOR_<FLAG>`; absent ones keep the simulator's defaults. */
function readOptions(): SimulatorOptions {
  const { values } = parseArgs({ options: flags });
  const text = (name: keyof typeof flags) =>
    values[name] ?? process.env[`MAAS_SIMULATOR_${name.toUpperCase().replaceAll('-', '_')}`];
  const count = (name: keyof typeof flags) => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (value.trim() === '' || !(Number(value) >= 0))
      throw new Error(`--${name} must be a number from 0, got "${value}"`);
    return Number(value);
  };
  const wantedVersion = text('version');
  const version = versions.find((candidate) => candidate === wantedVersion);
  if (wantedVersion !== undefined && version === undefined) {
    throw new Error(`--version must be one of ${versions.join(', ')}, got "${wantedVersion}"`);
  }
  const options = {
    host: text('host'),
    port: count('port'),
    controlPort: count('control-port'),
    apiKey: text('api-key'),
    seed: count('seed'),
    timeScale: count('time-scale'),
    version,
    requiresDhcp: text('requires-dhcp') === undefined ? undefined : text('requires-dhcp') === 'true',
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

try {
  const simulator = await startSimulator(readOptions());
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A supervisor that started us over IPC and was killed: nobody would stop us any more.
  process.once('disconnect', stop);
  process.channel?.unref();
  const { maasUrl, apiKey, controlUrl } = simulator;
  process.stdout.write(`${JSON.stringify({ maasUrl, apiKey, controlUrl })}\n`);
} catch (error) {
  process.stderr.write(`maas-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
