import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Bench } from './bench.js';
import { LightClient } from './light-client.js';
import { percentile } from './percentile.js';
import { rounded } from './rounded.js';
import { generateSite } from './site/generate-site.js';
import { startSystem } from './start-system.js';

const smallNodes = 10;
const callers = 8;
const throughputSeconds = 5;
const cachedRequests = 200;
const largeRounds = 5;
const probePauseMilliseconds = 5;

/** How fast `POST /validatedesign` answers, and how the API answers others while a large design compiles. */
export async function measureValidate(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell } = bench;
  const folder = join(bench.dataDirectory, 'designs');
  await mkdir(folder, { recursive: true });
  bench.closers.add('designs', () => rm(folder, { recursive: true, force: true }));
  const { drydock } = await startSystem(bench, {
    DRYDOCK_NODE_DRIVER: 'scripted',
    DRYDOCK_DESIGN_FILE_ROOTS: folder,
  });
  const client = new LightClient(drydock.apiUrl);
  bench.closers.add('client', () => client.close());
  const api: Api = { client, folder, signal: bench.signal };
  tell(`a design of ${smallNodes} nodes, by ${callers} callers for ${throughputSeconds} s ...`);
  const small = await writeDesign(api, 'small', generateSite(smallNodes, 'native'));
  for (let index = 0; index < cachedRequests; index += 1) await validate(api, small);
  const designsPerSecond = await measureThroughput(api, small);
  const cached: number[] = [];
  for (let index = 0; index < cachedRequests; index += 1) cached.push(await validate(api, small));
  tell(`a design of ${options.nodes} nodes, ${largeRounds} times, each with other bytes ...`);
  const large = await measureLarge(api, generateSite(options.nodes, 'native'));
  return {
    designsPerSecond: rounded(designsPerSecond, 1),
    cachedMs: rounded(percentile(cached, 50), 2),
    healthP99Ms: rounded(percentile(large.health, 99), 2),
    healthP50Ms: rounded(percentile(large.health, 50), 2),
    healthMaxMs: rounded(Math.max(...large.health), 2),
    healthRequests: large.health.length,
    nodes: options.nodes,
    largeSeconds: rounded(percentile(large.milliseconds, 50) / 1000, 3),
    largeCachedMs: rounded(percentile(large.cachedMilliseconds, 50), 2),
    smallNodes,
    callers,
  };
}

interface Api {
  readonly client: LightClient;
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function writeDesign({ folder }: Api, name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  await writeFile(path, text);
  return pathToFileURL(path).href;
}

async function validate({ client, signal }: Api, href: string): Promise<number> {
  signal.throwIfAborted();
  const answer = await client.post('/api/v1.0/validatedesign', { href, rel: 'design', type: 'application/x-yaml' });
  if (answer.status === 200) return answer.milliseconds;
  throw new Error(`the design was answered with ${answer.status}: ${answer.text.slice(0, 500)}`);
}

async function measureThroughput(api: Api, href: string): Promise<number> {
  const startedAt = performance.now();
  const until = startedAt + throughputSeconds * 1000;
  let answered = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      await validate(api, href);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return (answered * 1000) / (performance.now() - startedAt);
}

interface LargeTimes {
  readonly milliseconds: readonly number[];
  readonly cachedMilliseconds: readonly number[];
  readonly health: readonly number[];
}

async function measureLarge(api: Api, site: string): Promise<LargeTimes> {
  const milliseconds: number[] = [];
  const cachedMilliseconds: number[] = [];
  const health: number[] = [];
  for (let round = 0; round < largeRounds; round += 1) {
    const href = await writeDesign(api, 'large', `${site}# round ${round}\n`);
    const progress = { isOver: false };
    const probing = probeHealth(api, progress);
    milliseconds.push(await validate(api, href).finally(() => (progress.isOver = true)));
    health.push(...(await probing));
    cachedMilliseconds.push(await validate(api, href));
  }
  return { milliseconds, cachedMilliseconds, health };
}

async function probeHealth(
  { client, signal }: Api,
  progress: { readonly isOver: boolean },
): Promise<readonly number[]> {
  const found: number[] = [];
  while (!progress.isOver) {
    signal.throwIfAborted();
    const { status, milliseconds } = await client.get('/api/v1.0/health');
    if (status !== 204) throw new Error(`the API called itself unhealthy (${status})`);
    found.push(milliseconds);
    await delay(probePauseMilliseconds);
  }
  return found;
}
