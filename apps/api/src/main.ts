import { runApp } from '@drydock/runtime';
import { readApiConfig } from './config.js';
import { startApi } from './wire.js';

await runApp({
  name: 'api',
  readConfig: () => readApiConfig(process.env),
  start: startApi,
  facts: ({ url, healthUrl }) => ({ url, healthUrl }),
});
