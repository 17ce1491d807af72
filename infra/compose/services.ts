// `npm run services [up|down]`: Postgres and Redis in containers, for development.
import { fileURLToPath } from 'node:url';
import { downAll, upAll } from 'docker-compose';

const env = process.env;
const options = { cwd: fileURLToPath(new URL('.', import.meta.url)), log: true, env };

const commands = { up, down } as const;

const [name = 'up'] = process.argv.slice(2);
try {
  if (name !== 'up' && name !== 'down') throw new Error(`unknown command ${name}; one of: up, down`);
  await commands[name]();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function up(): Promise<void> {
  await upAll({ ...options, commandOptions: ['--wait'] });
  const password = env['DRYDOCK_DEV_POSTGRES_PASSWORD'] ?? 'drydock';
  const postgresPort = env['DRYDOCK_DEV_POSTGRES_PORT'] ?? '55432';
  const redisPort = env['DRYDOCK_DEV_REDIS_PORT'] ?? '56379';
  process.stdout.write(
    `export DATABASE_URL=postgresql://drydock:${password}@127.0.0.1:${postgresPort}/drydock\n` +
      `export REDIS_URL=redis://127.0.0.1:${redisPort}\n`,
  );
}

async function down(): Promise<void> {
  await downAll(options);
}

/** docker-compose rejects with its result (exit code, output) or with the error of starting the program. */
function explain(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'err' in error ? String(error.err).trim() : '';
  const reason = said !== '' ? said : error instanceof Error ? error.message : JSON.stringify(error);
  return `the development services could not be changed: ${reason}; they need Docker with its compose plugin (npm start needs neither)`;
}
