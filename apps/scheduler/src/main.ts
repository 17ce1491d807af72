import { createLogger, stopOnSignals } from '@drydock/runtime';
import { readSchedulerConfig } from './config.js';
import { startScheduler } from './wire.js';

const log = createLogger({ fields: { process: 'scheduler' } });
try {
  const config = readSchedulerConfig(process.env);
  const scheduler = await startScheduler(config, log);
  log.info('scheduler ready', { ready: true, healthUrl: scheduler.healthUrl });
  stopOnSignals({ stop: () => scheduler.close(), log });
} catch (error) {
  log.error('scheduler could not start', { error });
  process.exitCode = 1;
}
