import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

const runFile = fileURLToPath(new URL('../setup/run.mjs', import.meta.url));

/** A project as small as it can be: `npx` is a script that notes what it was asked and "installs" tsx. */
async function makeProject(root: string): Promise<void> {
  for (const directory of ['packages/runtime/setup', 'bin']) {
    await mkdir(join(root, directory), { recursive: true });
  }
  await copyFile(runFile, join(root, 'packages/runtime/setup/run.mjs'));
  const scripts = { boundaries: 'node -e process.exit(0)', jest: 'node jest.mjs' };
  await writeFile(join(root, 'package.json'), JSON.stringify({ packageManager: 'pnpm@10.34.8', scripts }));
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 1\n');
  await writeFile(join(root, 'jest.mjs'), `console.log('jest', ...process.argv.slice(2)); process.exit(7);`);
  await writeFile(
    join(root, 'bin/npx'),
    `#!/bin/sh\necho "$@ CI=$CI HOME=$HOME" >> npx.log\n` +
      `mkdir -p node_modules/tsx node_modules/.pnpm packages/runtime/node_modules\n` +
      `echo '{"type":"module","exports":"./index.js"}' > node_modules/tsx/package.json; : > node_modules/tsx/index.js\n` +
      `cp pnpm-lock.yaml node_modules/.pnpm/lock.yaml\n`,
  );
  await chmod(join(root, 'bin/npx'), 0o755);
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

let scratch: ScratchDirectory;
let root: string;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
  root = scratch.fresh('project');
  await makeProject(root);
});
afterAll(() => scratch.remove());

function start(args: readonly string[], home: string = scratch.path): ChildProcess {
  const env = { PATH: `${join(root, 'bin')}:${process.env['PATH']}`, HOME: home };
  return spawn(process.execPath, [join(root, 'packages/runtime/setup/run.mjs'), ...args], { env });
}

async function run(...args: readonly string[]): Promise<Ended> {
  return end(start(args));
}

async function end(child: ChildProcess): Promise<Ended> {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output, errors };
}

test('installs once with the pinned pnpm, in a HOME that can be written, and passes arguments and status on', async () => {
  const first = await end(start(['test', '--', 'a b'], ''));
  expect(first).toMatchObject({ status: 7, output: expect.stringContaining('jest -- a b') });
  expect(first.errors).toContain('installing dependencies');
  const second = await run('test');
  expect(second.errors).not.toContain('installing dependencies');
  const asked = (await readFile(join(root, 'npx.log'), 'utf8')).trim();
  expect(asked).toBe(`-y pnpm@10.34.8 install --frozen-lockfile CI=true HOME=${join(root, '.drydock', 'home')}`);
});

test('installs again when the lockfile is another one', async () => {
  await run('test');
  await writeFile(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 2\n');
  expect((await run('test')).errors).toContain('installing dependencies');
});

test('an unknown command is a usage error that names the known ones', async () => {
  expect(await run('dance')).toMatchObject({
    status: 2,
    errors: expect.stringMatching(/unknown command dance; one of: .*demo/),
  });
});

test('a command whose entry is not there says so', async () => {
  expect(await run('demo')).toMatchObject({
    status: 1,
    errors: expect.stringContaining('examples/demo/main.ts does not exist'),
  });
});

test('an old Node is refused in one line', async () => {
  const old = join(scratch.path, 'old-node.mjs');
  await writeFile(old, `Object.defineProperty(process.versions, 'node', { value: '18.20.1' });`);
  const child = spawn(process.execPath, ['--import', old, join(root, 'packages/runtime/setup/run.mjs'), 'demo']);
  expect(await end(child)).toMatchObject({
    status: 1,
    errors: 'Drydock needs Node 20.19 or newer, this is 18.20.1: see https://nodejs.org\n',
  });
});

test('a signal reaches the command, and its status comes back', async () => {
  await writeFile(
    join(root, 'jest.mjs'),
    `process.on('SIGTERM', () => process.exit(5)); setInterval(() => 1, 60000); console.log('up');`,
  );
  const child = start(['test']);
  if (child.stdout === null) throw new Error('no output');
  await once(createInterface({ input: child.stdout }), 'line');
  child.kill('SIGTERM');
  expect((await end(child)).status).toBe(5);
});
