import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeRunDirectory } from '../make-run-directory.js';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'drydock-runs-'));
});
afterEach(() => rm(base, { recursive: true }));

const runOf = (name: string, second: number): string => `${name}-202601010000${String(second).padStart(2, '0')}-77`;

async function leave(run: string, content: string): Promise<void> {
  await mkdir(join(base, run, content), { recursive: true });
  await writeFile(join(base, run, content, 'api.log'), '');
}

const make = () => makeRunDirectory({ projectRoot: '/nowhere', configured: base, name: 'demo' });

test('a run finds an empty place of its own, and the logs of the last four before it', async () => {
  const old = [1, 2, 3, 4, 5, 6, 7].map((second) => runOf('demo', second));
  for (const run of old) await leave(run, 'logs');
  const directory = await make();
  expect(await readdir(directory)).toEqual([]);
  expect((await readdir(base)).toSorted()).toEqual([...old.slice(3), basename(directory)]);
});

test('a run that has a database still, another kind of run and what is no run stay', async () => {
  const others = [runOf('bench', 1), runOf('demo', 1), 'demo-notes', 'postgres'];
  for (const other of others) await leave(other, other === runOf('demo', 1) ? 'postgres' : 'logs');
  for (const second of [2, 3, 4, 5, 6]) await leave(runOf('demo', second), 'logs');
  await make();
  const left = await readdir(base);
  expect(left).toEqual(expect.arrayContaining(others));
  expect(left).not.toContain(runOf('demo', 2));
});
