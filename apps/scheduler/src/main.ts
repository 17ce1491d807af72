import { runApp } from '@drydock/runtime';
import { readSchedulerConfig } from './config.js';
import { startScheduler } from './wire.js';

await runApp({
  name: 'scheduler',
  readConfig: () => readSchedulerConfig(process.env),
  start: startScheduler,
  facts: ({ healthUrl }) => ({ ready: true, healthUrl }),
});
