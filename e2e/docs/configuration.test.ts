import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configs = [
  'apps/api/src/config.ts',
  'apps/scheduler/src/config.ts',
  'apps/worker/src/config.ts',
  'packages/runtime/src/start/start-config.ts',
  // Fields that several of them read alike.
  'packages/runtime/src/settings',
];

/** Every variable that a configuration names. */
function variablesOf(path: string): readonly string[] {
  const files = path.endsWith('.ts') ? [path] : readdirSync(`${root}/${path}`).map((name) => `${path}/${name}`);
  const sources = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'));
  const named = sources
    .join('\n')
    .matchAll(/(?:env: |(?:secretSetting|listSetting|healthSettings|count|rate)\()'([A-Z][A-Z0-9_]+)'/g);
  return [...named].map((match) => match[1] ?? '');
}

test.each(configs)('docs/configuration.md says what every variable of %s means', (path) => {
  const documented = readFileSync(`${root}/docs/configuration.md`, 'utf8');
  const variables = variablesOf(path);
  expect(variables.length).toBeGreaterThan(3);
  expect(variables.filter((variable) => !documented.includes(`\`${variable}\``))).toEqual([]);
});
