import { join } from 'node:path';
import { appEnvironment, findFreePort, type RunningProcesses, startProcesses } from '@drydock/runtime';
import { projectRoot, type Site } from './run-site.js';

/** One more scheduler beside the site's own, kept running like it; the caller stops it before the site. */
export async function addScheduler(site: Site): Promise<RunningProcesses> {
  const healthPort = await findFreePort();
  const computed = {
    DATABASE_URL: site.drydock.database.url,
    DATABASE_DIRECT_URL: site.drydock.database.url,
    DRYDOCK_DATA_DIR: site.drydock.dataDirectory,
    DRYDOCK_SECRET_KEY_FILE: join(site.drydock.dataDirectory, 'secret-key'),
    DRYDOCK_SCHEDULER_HEALTH_PORT: String(healthPort),
  };
  const spec = {
    name: 'second-scheduler',
    entry: join(projectRoot, 'apps/scheduler/src/main.ts'),
    env: appEnvironment('scheduler', computed, site.env),
    readiness: { kind: 'http', url: `http://127.0.0.1:${healthPort}/readyz` },
  } as const;
  return startProcesses({ processes: [spec], logDirectory: site.drydock.logDirectory });
}
