import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { meteredEvents } from '@drydock/telemetry';

const apps = fileURLToPath(new URL('../../../apps/', import.meta.url));

const sources = ['api', 'scheduler', 'worker']
  .flatMap((app) =>
    readdirSync(`${apps}${app}/src`, { recursive: true, encoding: 'utf8' }).map((file) => `${app}/src/${file}`),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(apps + file, 'utf8'))
  .join('\n');

test.each(Object.keys(meteredEvents))('the event "%s", which is counted, is told by an app', (message) => {
  expect(sources).toMatch(new RegExp(`(?:log|\\]|info|warn|error|debug)\\(\\s*'${message}'`));
});
