import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { findFreePort, type ProcessSpec, startProcesses } from '@drydock/runtime';
import { identifyProcess } from '../src/postgres/process-identity.js';
import { awaitValue } from './await-value.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

let scratch: ScratchDirectory;
let logDirectory: string;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
});
beforeEach(async () => {
  logDirectory = scratch.fresh('logs');
  await mkdir(logDirectory);
});
afterAll(() => scratch.remove());

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const journal = (): string[] =>
  existsSync(`${logDirectory}/journal`) ? readFileSync(`${logDirectory}/journal`, 'utf8').trim().split('\n') : [];

function child(name: string, behaviour: string, more: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    name,
    entry: fixture('child.mjs'),
    env: { NAME: name, BEHAVIOUR: behaviour, JOURNAL: `${logDirectory}/journal` },
    readiness: { kind: 'line', message: 'ready' },
    ...more,
  };
}

test('starts all, hands on what they told, and stops them in reverse order', async () => {
  const processes = [child('one', 'good'), child('two', 'good'), child('three', 'good')];
  const running = await startProcesses({ processes, logDirectory });
  expect(running.byName.get('two')?.ready).toMatchObject({ name: 'two', url: 'http://x' });
  const pids = [...running.byName.values()].map((one) => one.pid ?? 0);
  await running.stop();
  expect(journal().filter((line) => line.endsWith('stopped'))).toEqual(['three stopped', 'two stopped', 'one stopped']);
  expect(pids.map((pid) => identifyProcess(pid))).toEqual([undefined, undefined, undefined]);
});

test('readiness can be an answer over HTTP', async () => {
  const port = await findFreePort();
  const spec = child('web', 'serves http', { readiness: { kind: 'http', url: `http://127.0.0.1:${port}/readyz` } });
  const env = { ...spec.env, PORT: String(port) };
  const running = await startProcesses({ processes: [{ ...spec, env }], logDirectory });
  expect((await fetch(`http://127.0.0.1:${port}`)).ok).toBe(true);
  await running.stop();
});

test('a child that ends before it is ready fails the start with its last words, and the others are stopped', async () => {
  const processes = [child('one', 'good'), child('two', 'fails at the start')];
  await expect(startProcesses({ processes, logDirectory })).rejects.toMatchObject({
    code: 'process_start_failed',
    message: expect.stringMatching(
      /^the process two ended before it was ready \(status 3\); see .*two\.log, .*no such database/,
    ),
  });
  expect(journal()).toContain('one stopped');
});

test('a child that is not ready in time fails the start and is ended', async () => {
  const processes = [child('slow', 'never ready', { readyTimeoutSeconds: 0.3 })];
  await expect(startProcesses({ processes, logDirectory })).rejects.toThrow(
    'the process slow was not ready within 0.3 s',
  );
});

test('a child that ignores SIGTERM is killed', async () => {
  const processes = [child('deaf', 'ignores SIGTERM', { stopTimeoutSeconds: 0.2 })];
  const running = await startProcesses({ processes, logDirectory });
  const pid = running.byName.get('deaf')?.pid ?? 0;
  await running.stop();
  expect(journal()).toContain('deaf ignored SIGTERM');
  expect(identifyProcess(pid)).toBeUndefined();
});

test('a child that crashes is started again', async () => {
  const running = await startProcesses({ processes: [child('flaky', 'crashes once')], logDirectory });
  const flaky = running.byName.get('flaky');
  await awaitValue(() => (journal().length === 2 && flaky?.pid !== undefined ? true : undefined), 'the restart');
  expect(flaky?.restarts).toBe(1);
  await running.stop();
  expect(journal()).toEqual(['flaky started', 'flaky started', 'flaky stopped']);
});

test('a child that must not be restarted stays down', async () => {
  const processes = [child('once', 'crashes once', { restart: false })];
  const running = await startProcesses({ processes, logDirectory });
  const once = running.byName.get('once');
  await awaitValue(() => (once?.pid === undefined ? true : undefined), 'the crash');
  expect(once?.restarts).toBe(0);
  await running.stop();
});

test('every line goes to the log file as it is, and to the echo with the name in front', async () => {
  let echoed = '';
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      echoed += chunk.toString();
      done();
    },
  });
  const running = await startProcesses({ processes: [child('one', 'good')], logDirectory, echo });
  await running.stop();
  const line = '{"message":"ready","name":"one","url":"http://x"}';
  expect(readFileSync(`${logDirectory}/one.log`, 'utf8')).toBe(`${line}\n`);
  expect(echoed).toBe(`[one] ${line}\n`);
});

test('children of a killed supervisor end by themselves', async () => {
  const args = ['--conditions=drydock-source', '--import', 'tsx', fixture('supervisor.ts'), logDirectory];
  const supervisor = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = (await once(createInterface({ input: supervisor.stdout }), 'line')) as [string];
  expect(identifyProcess(Number(pid))).toBeDefined();
  supervisor.kill('SIGKILL');
  await awaitValue(() => (identifyProcess(Number(pid)) === undefined ? true : undefined), 'the end of the child');
  expect(journal()).toEqual(['one started', 'one supervisor gone']);
});
