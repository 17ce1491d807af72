import { createLogger, stopOnSignals } from '@drydock/runtime';
import { readWorkerConfig } from './config.js';
import { startWorker } from './wire.js';

const log = createLogger({ fields: { process: 'worker' } });
try {
  const config = readWorkerConfig(process.env);
  const worker = await startWorker(config, log);
  log.info('worker ready', { ready: true, healthUrl: worker.healthUrl, slots: config.slots });
  stopOnSignals({ stop: () => worker.close(), log });
} catch (error) {
  log.error('worker could not start', { error });
  process.exitCode = 1;
}
