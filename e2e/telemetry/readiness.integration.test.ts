import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readApiConfig, startApi } from '@drydock/api';
import { silentLog } from '@drydock/runtime';
import { readSchedulerConfig, startScheduler } from '@drydock/scheduler';
import { endpointOf, TcpProxy } from '@drydock/testkit';
import { readWorkerConfig, startWorker } from '@drydock/worker';
import { type Engine, runEngine } from '../engine/run-engine.js';
import { until } from '../site/until.js';

interface Process {
  readonly healthUrl: string;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** THE table of processes: how each is started in this one. */
const processes = {
  api: (env: Environment) => startApi(readApiConfig({ ...env, DRYDOCK_API_PORT: '0' }), silentLog),
  scheduler: (env: Environment) => startScheduler(readSchedulerConfig(env), silentLog),
  worker: (env: Environment) => startWorker(readWorkerConfig(env), silentLog),
} as const satisfies Record<string, (env: Environment) => Promise<Process>>;

interface Readiness {
  readonly status: number;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

async function readiness({ healthUrl }: Process): Promise<Readiness> {
  const response = await fetch(`${healthUrl}/readyz`);
  const { checks } = (await response.json()) as Pick<Readiness, 'checks'>;
  return { status: response.status, checks };
}

const failing = ({ checks }: Readiness) =>
  Object.entries(checks)
    .filter(([, { ok }]) => !ok)
    .map(([name]) => name)
    .sort();

let engine: Engine;
let proxy: TcpProxy | undefined;
let running: Process | undefined;
beforeEach(async () => {
  engine = await runEngine({ workers: 0 });
});
afterEach(async () => {
  await proxy?.pass();
  await running?.close();
  await proxy?.close();
  await engine.close();
  proxy = running = undefined;
}, 60_000);

/** A process whose connections with that server can be cut. */
async function startBehind(name: keyof typeof processes, variable: string, url: string): Promise<Process> {
  proxy = await TcpProxy.start({ target: endpointOf(url) });
  running = await processes[name]({ ...engine.env, [variable]: proxy.through(url) });
  return running;
}

const untilFailing = (process: Process, ...names: string[]) =>
  until(`${names.join()} fail`, async () => {
    const found = await readiness(process);
    return names.every((name) => failing(found).includes(name)) ? found : null;
  });

const untilReady = (process: Process) =>
  until('it is ready', async () => {
    const found = await readiness(process);
    return found.status === 200 ? found : null;
  });

describe('behind a database that is cut off', () => {
  it.each([
    ['api', ['database', 'schema']],
    ['worker', ['consumer', 'database', 'heartbeat', 'queue', 'schema']],
    ['scheduler', ['consumers', 'database', 'heartbeat', 'queue', 'schema', 'sweeps']],
  ] as const)(
    '%s lives, is not ready and says why, and is ready when it is back',
    async (name, names) => {
      const process = await startBehind(name, 'DATABASE_URL', engine.env['DATABASE_URL'] ?? '');
      expect(failing(await untilReady(process))).toEqual([]);
      await proxy?.refuse();
      const away = await untilFailing(process, ...names);
      expect([away.status, failing(away)]).toEqual([503, names]);
      expect((await fetch(`${process.healthUrl}/healthz`)).status).toBe(200);
      expect((await fetch(`${process.healthUrl}/metrics`)).status).toBe(200);
      await proxy?.pass();
      await untilReady(process);
    },
    120_000,
  );
});

const redisUrl = process.env['DRYDOCK_TEST_REDIS_URL'];

(redisUrl === undefined ? describe.skip : describe)('behind a Redis that is cut off', () => {
  it.each([
    ['worker', ['consumer', 'queue']],
    ['scheduler', ['consumers', 'queue']],
  ] as const)(
    '%s is not ready and says why, and is ready when it is back',
    async (name, names) => {
      const process = await startBehind(name, 'REDIS_URL', redisUrl ?? '');
      await untilReady(process);
      await proxy?.refuse();
      expect((await untilFailing(process, ...names)).status).toBe(503);
      await proxy?.pass();
      await untilReady(process);
    },
    120_000,
  );

  it('the API is ready, and says that tasks begin later', async () => {
    const process = await startBehind('api', 'REDIS_URL', redisUrl ?? '');
    await untilReady(process);
    await proxy?.refuse();
    const found = await until('it is said', async () => {
      const now = await readiness(process);
      return now.checks['queue']?.detail === undefined ? null : now;
    });
    expect(found).toMatchObject({ status: 200, checks: { queue: { ok: true } } });
    expect(found.checks['queue']?.detail).toContain('tasks are accepted and begin a little later');
  }, 120_000);
});
