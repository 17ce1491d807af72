import { createLogger, stopOnSignals } from '@drydock/runtime';
import { readApiConfig } from './config.js';
import { startApi } from './wire.js';

const fields = { process: 'api' };

try {
  const config = readApiConfig(process.env);
  const log = createLogger({ level: config.logLevel, fields });
  const api = await startApi(config, log);
  stopOnSignals({ stop: () => api.close(), log });
  log.info('api listening', { url: api.url });
} catch (error) {
  createLogger({ fields }).error('api could not start', { error });
  process.exitCode = 1;
}
