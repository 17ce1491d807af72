import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../bench.js';
import { percentile } from '../percentile.js';
import { rounded } from '../rounded.js';
import { generateSite } from '../site/generate-site.js';
import type { DesignRun } from './design-run.js';

const processes = 5;
const measureOnce = fileURLToPath(new URL('measure-once.ts', import.meta.url));

/** How long a fresh process takes from the bytes of a generated design to its findings. */
export async function measureDesign(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell } = bench;
  const text = generateSite(options.nodes, options.format);
  const file = await writeDesign(bench, text);
  tell(`a design of ${options.nodes} nodes, ${text.length} bytes, in ${processes} fresh processes ...`);
  // Fills the loader's cache of compiled TypeScript, which is no part of what is measured.
  await runOnce(bench, file);
  const runs: DesignRun[] = [];
  for (let index = 0; index < processes; index += 1) {
    const run = await runOnce(bench, file);
    tell(`${run.coldSeconds.toFixed(3)} s, ${run.rssMib.toFixed(0)} MiB, cached ${run.cachedMs.toFixed(2)} ms`);
    runs.push(run);
  }
  const median = (of: (run: DesignRun) => number): number => percentile(runs.map(of), 50);
  return {
    nodes: options.nodes,
    coldSeconds: rounded(
      median((run) => run.coldSeconds),
      3,
    ),
    cachedMs: rounded(
      median((run) => run.cachedMs),
      2,
    ),
    rssMib: rounded(
      median((run) => run.rssMib),
      0,
    ),
    findings: median((run) => run.findings),
    worstColdSeconds: rounded(Math.max(...runs.map((run) => run.coldSeconds)), 3),
    importSeconds: rounded(
      median((run) => run.importSeconds),
      3,
    ),
    bytes: text.length,
    format: options.format,
    processes,
  };
}

async function writeDesign(bench: Bench, text: string): Promise<string> {
  const folder = join(bench.dataDirectory, 'designs');
  await mkdir(folder, { recursive: true });
  bench.closers.add('designs', () => rm(folder, { recursive: true, force: true }));
  const file = join(folder, `site-${bench.options.nodes}.yaml`);
  await writeFile(file, text);
  return file;
}

async function runOnce({ signal }: Bench, file: string): Promise<DesignRun> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, measureOnce, file], { signal });
  const run = JSON.parse(stdout) as DesignRun;
  if (run.errors.length > 0) throw new Error(`the generated design is not valid: ${run.errors[0]}`);
  return run;
}
