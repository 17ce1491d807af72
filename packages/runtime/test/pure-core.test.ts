import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findImpureWords } from './impure-words.js';

const packages = fileURLToPath(new URL('../..', import.meta.url));

const pureDirectories = [
  'model/src/domain',
  'model/src/design',
  'orchestrator/src/plans',
  'ingester/src/parse',
  'ingester/src/compile',
  'ingester/src/validate',
  'maas-driver/src/diff',
];

test.each([
  ['an async function', 'export async function f() {}', ['1: async']],
  ['an await', 'const f = async () => {\n  await g();\n};', ['1: async', '2: await']],
  ['the clock', 'const now = Date.now();\nconst then = new Date(0);', ['1: Date.now', '2: new Date']],
  ['chance', 'const x = Math.random();', ['1: Math.random']],
  ['the environment', `const x = process.env['HOME'];`, ['1: process.env']],
  ['a timer', 'setTimeout(() => 1, 5);', ['1: setTimeout']],
  ['only words about them', `// async Date.now() new Date(\nconst text = 'process.env Math.random setTimeout(';`, []],
])('finds %s', (_, source, words) => {
  expect(findImpureWords('x.ts', source)).toEqual(words);
});

test.each(pureDirectories)('%s holds no asynchrony, clock, chance or environment', (directory) => {
  const files = sourcesIn(join(packages, directory));
  const impure = files.flatMap((file) =>
    findImpureWords(file, readFileSync(file, 'utf8')).map((word) => `${file}:${word}`),
  );
  expect(impure).toEqual([]);
});

function sourcesIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(directory, name));
}
