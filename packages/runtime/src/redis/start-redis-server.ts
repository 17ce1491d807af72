import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../network/find-free-port.js';
import { DrydockError } from '@drydock/model';

export interface RedisServerOptions {
  /** The `redis-server` program, see `findProgram`. */
  readonly program: string;
  /** Where it may write; nothing is persisted by default. */
  readonly directory: string;
  /** Append-only file with an fsync every second. Default false. */
  readonly appendOnly?: boolean;
}

export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

const startAttempts = 5;
const startSeconds = 10;
const pollMs = 10;

/** Starts a private Redis on a free port of the loopback address, never evicting. For tests, bench and development. */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  let said = '';
  for (let attempt = 0; attempt < startAttempts; attempt += 1) {
    const port = await findFreePort();
    const child = spawn(options.program, redisArguments(options, port), {
      cwd: options.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the whole process group; Redis must outlive those who still talk to it.
      detached: true,
    });
    said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4096)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4096)));
    if (await becomesReady(child, port)) return runningServer(child, port);
    child.kill('SIGKILL');
  }
  throw new DrydockError(
    'process_start_failed',
    `${options.program} did not start in ${options.directory}: ${said.trim()}`,
  );
}

function redisArguments({ directory, appendOnly }: RedisServerOptions, port: number): string[] {
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: directory,
    daemonize: 'no',
    save: '',
    appendonly: appendOnly === true ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

async function becomesReady(child: ChildProcess, port: number): Promise<boolean> {
  const failure = { seen: false };
  child.once('error', () => (failure.seen = true));
  const deadline = performance.now() + startSeconds * 1000;
  while (!failure.seen && child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    if (await accepts(port)) return child.exitCode === null;
    await delay(pollMs);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function runningServer(child: ChildProcess, port: number): RedisServer {
  const onExit = (): boolean => child.kill('SIGKILL');
  process.once('exit', onExit);
  child.unref();
  const ended = once(child, 'exit');
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    close: async () => {
      process.removeListener('exit', onExit);
      child.ref();
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await ended;
    },
  };
}
