import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { migrateDatabase } from '@drydock/model/db';
import { chooseDataDirectory } from '../config/data-directory.js';
import { readConfig } from '../config/read-config.js';
import type { Log } from '../logging/log.js';
import { findFreePort } from '../network/find-free-port.js';
import { isPortFree } from '../network/is-port-free.js';
import { urlOfListener } from '../network/url-of-listener.js';
import { type ProvidedDatabase, provideDatabase } from '../postgres/provide-database.js';
import { allOrNothing } from '../process-life/all-or-nothing.js';
import { appEnvironment, type AppName, type ComputedEnvironment } from './process-environment.js';
import type { ProcessSpec } from './process-spec.js';
import { ensureSecretKeyFile } from './secret-key-file.js';
import { startConfigSchema } from './start-config.js';
import { type RunningProcesses, startProcesses } from './start-processes.js';

export interface StartDrydockOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The checkout: apps are started from its sources. */
  readonly projectRoot: string;
  readonly log: Log;
  readonly echo?: Writable | undefined;
  /** Durable commits. Default true; false is for tests. */
  readonly durable?: boolean;
}

/** The API answers here without credentials. */
export const apiHealthPath = '/api/v1.0/health';

export interface RunningDrydock {
  readonly apiUrl: string;
  readonly database: ProvidedDatabase;
  readonly dataDirectory: string;
  readonly logDirectory: string;
  readonly processes: RunningProcesses;
  stop(): Promise<void>;
}

/** Database, migrations, then api, scheduler and workers, each a process of its own; all or nothing. */
export async function startDrydock(options: StartDrydockOptions): Promise<RunningDrydock> {
  const config = readConfig(startConfigSchema, options.env);
  const dataDirectory = chooseDataDirectory({
    configured: config.dataDirectory,
    projectRoot: options.projectRoot,
    uid: process.getuid?.(),
  });
  return await allOrNothing(async (closers) => {
    const database = await startDatabase(options, { url: config.databaseUrl?.reveal(), dataDirectory });
    closers.add('database', () => database.close(), 30);
    const directUrl = config.databaseDirectUrl?.reveal() ?? database.url;
    options.log.info('migrations applied', { ...(await migrateDatabase(directUrl)) });
    const computed: ComputedEnvironment = {
      DATABASE_URL: database.url,
      DATABASE_DIRECT_URL: directUrl,
      DRYDOCK_DATA_DIR: dataDirectory,
      DRYDOCK_SECRET_KEY_FILE: config.secretKeyFile ?? (await ensureSecretKeyFile(dataDirectory)),
      DRYDOCK_API_HOST: config.apiHost,
      DRYDOCK_API_PORT: String(await choosePort(config.apiPort, options.env)),
      DRYDOCK_HEALTH_HOST: config.healthHost,
      // The only API, before which nobody balances.
      DRYDOCK_API_DRAIN_SECONDS: String(config.apiDrainSeconds),
    };
    const logDirectory = join(dataDirectory, 'logs');
    const specs = await appProcesses(options, computed, config.workers);
    const processes = await startProcesses({ ...options, processes: specs, logDirectory });
    closers.add('processes', () => processes.stop(), 60);
    const apiUrl = urlOfListener(config.apiHost, computed.DRYDOCK_API_PORT ?? '');
    return { apiUrl, database, dataDirectory, logDirectory, processes, stop: () => closers.close() };
  });
}

function startDatabase(
  { log, durable }: StartDrydockOptions,
  where: { readonly url: string | undefined; readonly dataDirectory: string },
): Promise<ProvidedDatabase> {
  return provideDatabase({ ...where, durable: durable ?? true, log });
}

/** The default port may be taken by another checkout; one that the user asked for must not move silently. */
async function choosePort(port: number, env: StartDrydockOptions['env']): Promise<number> {
  const isOurChoice = env['DRYDOCK_API_PORT'] === undefined || env['DRYDOCK_API_PORT'] === '';
  if (port === 0 || (isOurChoice && !(await isPortFree(port)))) return findFreePort();
  return port;
}

async function appProcesses(
  options: StartDrydockOptions,
  computed: ComputedEnvironment,
  workers: number,
): Promise<ProcessSpec[]> {
  const names: [string, AppName][] = [
    ['api', 'api'],
    ['scheduler', 'scheduler'],
  ];
  for (let index = 1; index <= workers; index += 1) names.push([`worker-${index}`, 'worker']);
  return Promise.all(names.map(([name, app]) => appProcess(options, computed, { name, app })));
}

async function appProcess(
  { env, projectRoot }: StartDrydockOptions,
  computed: ComputedEnvironment,
  { name, app }: { readonly name: string; readonly app: AppName },
): Promise<ProcessSpec> {
  const healthPort = await findFreePort();
  const own: ComputedEnvironment = {
    ...computed,
    DRYDOCK_API_HEALTH_PORT: String(healthPort),
    DRYDOCK_SCHEDULER_HEALTH_PORT: String(healthPort),
    DRYDOCK_WORKER_HEALTH_PORT: String(healthPort),
  };
  const healthUrl =
    app === 'api'
      ? `${urlOfListener(computed.DRYDOCK_API_HOST ?? '', computed.DRYDOCK_API_PORT ?? '')}${apiHealthPath}`
      : `${urlOfListener(computed.DRYDOCK_HEALTH_HOST ?? '', healthPort)}/readyz`;
  return {
    name,
    entry: join(projectRoot, 'apps', app, 'src', 'main.ts'),
    env: appEnvironment(app, own, env),
    readiness: { kind: 'http', url: healthUrl },
  };
}
