import { fileURLToPath } from 'node:url';
import { createLogger } from '../logging/create-logger.js';
import { stopOnSignals } from '../process-life/stop-on-signals.js';
import { DrydockError } from '@drydock/model';
import { apiHealthPath, type RunningDrydock, startDrydock } from './start-drydock.js';

const projectRoot = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
const log = createLogger({ stream: process.stderr, level: 'warn', fields: { service: 'starter' } });
/** Where the command line looks when nobody tells it otherwise. */
const defaultPort = '9000';
const state: { running?: RunningDrydock; isStopping: boolean } = { isStopping: false };

stopOnSignals({
  log,
  stop: async () => {
    state.isStopping = true;
    process.stdout.write('\nstopping ...\n');
    await state.running?.stop();
    process.stdout.write('stopped\n');
  },
});

try {
  const running = await startDrydock({ env: process.env, projectRoot, log });
  state.running = running;
  // Ctrl-C during the start: nothing was there to be stopped yet.
  if (state.isStopping) await running.stop();
  else process.stdout.write(banner(running));
} catch (error) {
  const message = error instanceof DrydockError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`Drydock could not start: ${message}\n`);
  process.exitCode = 1;
}

function banner({ apiUrl, database, logDirectory }: RunningDrydock): string {
  const isElsewhere = new URL(apiUrl).port !== defaultPort && process.env['DRYDOCK_API_PORT'] === undefined;
  return [
    'Drydock is running',
    ...(isElsewhere ? [`  port ${defaultPort} is taken: export DD_URL=${apiUrl} for the drydock command`] : []),
    `  API         ${apiUrl}/api/v1.0/tasks`,
    `  Bull Board  ${apiUrl}/admin/queues`,
    `  health      ${apiUrl}${apiHealthPath}`,
    `  database    ${database.describe()}`,
    `  logs        ${logDirectory}`,
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}
