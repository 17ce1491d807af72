import { runApp } from '@drydock/runtime';
import { readWorkerConfig } from './config.js';
import { startWorker } from './wire.js';

await runApp({
  name: 'worker',
  readConfig: () => readWorkerConfig(process.env),
  start: startWorker,
  facts: ({ healthUrl }, { slots }) => ({ ready: true, healthUrl, slots }),
});
