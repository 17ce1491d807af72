import { join } from 'node:path';
import { appEnvironment, findFreePort, startProcesses } from '@drydock/runtime';
import { projectRoot, type Site } from '../site/run-site.js';

export interface ApiProcess {
  readonly port: number;
  readonly healthUrl: string;
  /** SIGTERM, and resolves when it has ended. */
  stop(): Promise<void>;
}

/** One more API beside the site's own, in the way of an installation with several: it drains before it stops. */
export async function startApiProcess(site: Site, name: string, ports: readonly [number, number]): Promise<ApiProcess> {
  const [port, healthPort] = ports;
  const { url } = site.drydock.database;
  const computed = {
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: url,
    DRYDOCK_DATA_DIR: site.drydock.dataDirectory,
    DRYDOCK_SECRET_KEY_FILE: join(site.drydock.dataDirectory, 'secret-key'),
    DRYDOCK_API_PORT: String(port),
    DRYDOCK_API_HEALTH_PORT: String(healthPort),
  };
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const spec = {
    name,
    entry: join(projectRoot, 'apps/api/src/main.ts'),
    env: appEnvironment('api', computed, site.env),
    readiness: { kind: 'http', url: `${healthUrl}/readyz` },
  } as const;
  const running = await startProcesses({ processes: [spec], logDirectory: site.drydock.logDirectory });
  return { port, healthUrl, stop: () => running.stop() };
}

export async function freePorts(): Promise<readonly [number, number]> {
  const first = await findFreePort();
  const second = await findFreePort();
  return first === second ? freePorts() : [first, second];
}
