import { migrateDatabase } from '@drydock/model/db';
import { ensureDatabase, startTestServers } from '@drydock/runtime';

declare global {
  var drydockTestServers: { close(): Promise<void> } | undefined;
}

const template = 'drydock_template';
const skippedRedis =
  'SKIPPED: Redis half of the suite: redis-server not found on PATH (install it, e.g. apt-get install redis-server)';

/** One Postgres and one Redis for the whole run; the migrated template is what every test file clones its database from. */
export default async function setUp(): Promise<void> {
  const servers = await startTestServers(process.env['PATH'] ?? '');
  globalThis.drydockTestServers = servers;
  try {
    await makeTemplate(servers.databaseUrl);
    process.env['DRYDOCK_TEST_DATABASE_URL'] = servers.databaseUrl;
    process.env['DRYDOCK_TEST_TEMPLATE'] = template;
    offerRedis(servers.redisUrl);
  } catch (error) {
    await servers.close();
    throw error;
  }
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await ensureDatabase(adminUrl, template);
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  await migrateDatabase(url.href);
}

function offerRedis(url: string | undefined): void {
  if (url !== undefined) {
    process.env['DRYDOCK_TEST_REDIS_URL'] = url;
    return;
  }
  delete process.env['DRYDOCK_TEST_REDIS_URL'];
  if (process.env['CI']) throw new Error(`${skippedRedis}; in CI both backends must run`);
  process.stderr.write(`${skippedRedis}\n`);
}
