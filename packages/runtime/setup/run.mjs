// The entry of every npm script: `node packages/runtime/setup/run.mjs <command> [arguments]`.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const oldestNode = [20, 19];

/** TypeScript entries by command. */
const entries = {
  demo: 'examples/demo/main.ts',
  start: 'packages/runtime/src/start/main.ts',
  bench: 'bench/src/main.ts',
  cli: 'packages/cli/src/main.ts',
  services: 'infra/compose/services.ts',
};

await main(process.argv.slice(2));

async function main([command, ...rest]) {
  refuseOldNode();
  const isKnown = command === 'test' || Object.hasOwn(entries, command ?? '');
  if (!isKnown) fail(`unknown command ${command}; one of: ${['test', ...Object.keys(entries)].join(', ')}`, 2);
  await install();
  process.exitCode = command === 'test' ? await test(rest) : await runTypeScript(entries[command], rest);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(
    `Drydock needs Node ${oldestNode.join('.')} or newer, this is ${process.versions.node}: see https://nodejs.org`,
    1,
  );
}

/** The boundaries first: they take two seconds and explain what a failing test only shows. */
async function test(rest) {
  const boundaries = await runScript('boundaries', []);
  return boundaries === 0 ? runScript('jest', rest) : boundaries;
}

/** Runs a script of package.json without npm in between, so that there is one place for its arguments. */
function runScript(name, rest) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [program, ...args] = scripts[name].split(' ');
  if (program === 'node') return run(process.execPath, [...args, ...rest]);
  return run(join(root, 'node_modules', '.bin', program), [...args, ...rest]);
}

function runTypeScript(entry, rest) {
  if (!existsSync(join(root, entry))) fail(`${entry} does not exist in this checkout`, 1);
  return run(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', entry, ...rest]);
}

/** Installs the dependencies when pnpm's record of what it installed differs from the lockfile. */
async function install() {
  if (isInstalled()) return;
  const release = await installLock();
  try {
    if (isInstalled()) return;
    // CI: pnpm otherwise stops to ask before it replaces a node_modules.
    process.stderr.write('installing dependencies (once) ...\n');
    const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const status = await run('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], {
      env: { CI: 'true' },
      stdout: 2,
    });
    if (status !== 0) fail(`the installation of the dependencies failed (status ${status}); see the lines above`, 1);
  } finally {
    release();
  }
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.pnpm', 'lock.yaml');
  const hasLinks =
    existsSync(join(root, 'node_modules', 'tsx')) && existsSync(join(root, 'packages/runtime/node_modules'));
  return hasLinks && existsSync(installed) && readFileSync(installed, 'utf8') === lockfile();
}

function lockfile() {
  return readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
}

/** `npm test` beside `npm run demo` in a fresh clone: one installs, the other waits. */
async function installLock() {
  const lock = join(root, '.drydock', 'installing');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives(lock)) rmSync(lock, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function holderLives(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Just made and not written yet.
    if (holder === 0) return Date.now() - statSync(lock).mtimeMs < 5000;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a program in the project's root and passes signals on. Resolves to the exit status to end with. */
function run(program, args, { env = {}, stdout = 'inherit' } = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...childEnvironment(), ...env },
    stdio: ['inherit', stdout, 'inherit'],
    shell: process.platform === 'win32',
  });
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    const settle = (status) => {
      for (const signal of signals) process.removeListener(signal, forward);
      resolve(status);
    };
    child.once('error', (error) => {
      process.stderr.write(`${program} cannot be run: ${error.message}\n`);
      settle(127);
    });
    child.once('exit', (status, signal) => {
      if (signal === null) return settle(status);
      settle(1);
      // The caller must see that a signal ended us, as if we were not in between.
      process.kill(process.pid, signal);
    });
  });
}

/** npm and pnpm keep caches in HOME, which may be unset or belong to somebody else. */
function childEnvironment() {
  const env = { ...process.env };
  if (!isWritable(env.HOME)) {
    env.HOME = join(root, '.drydock', 'home');
    mkdirSync(env.HOME, { recursive: true });
  }
  return env;
}

function isWritable(directory) {
  if (!directory) return false;
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}
