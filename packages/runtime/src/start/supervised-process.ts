import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import { awaitReady } from './await-ready.js';
import { followOutput } from './output-lines.js';
import type { ProcessSpec, ReadyFields } from './process-spec.js';
import { restartDelayMs } from './restart-delay.js';
import { spawnNode } from './spawn-node.js';
import { errorMessage } from '../error-message.js';

export interface SupervisionOptions {
  readonly logDirectory: string;
  readonly echo?: Writable | undefined;
  readonly log: Log;
}

/** One child that is kept running until `stop`. */
export class SupervisedProcess {
  readonly #spec: ProcessSpec;
  readonly #options: SupervisionOptions;
  readonly #log: Log;
  readonly #file: WriteStream;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #restarts = 0;

  constructor(spec: ProcessSpec, options: SupervisionOptions) {
    this.#spec = spec;
    this.#options = options;
    this.#log = options.log.child({ process: spec.name });
    this.#file = createWriteStream(this.logFile, { flags: 'a', mode: 0o600 });
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Undefined while it is not running. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often it was started again after a crash. */
  get restarts(): number {
    return this.#restarts;
  }

  get logFile(): string {
    return join(this.#options.logDirectory, `${this.#spec.name}.log`);
  }

  /** Starts the child and waits until it is ready. */
  async start(): Promise<ReadyFields> {
    const startedAt = performance.now();
    const child = spawnNode(this.#spec);
    this.#child = child;
    const { echo } = this.#options;
    const output = followOutput(child, { name: this.name, file: this.#file, echo });
    // `error` alone means that it never ran; `close` comes after the last line of output.
    this.#ended = Promise.race([once(child, 'close'), once(child, 'error')]).catch(() => undefined);
    try {
      const { readiness, readyTimeoutSeconds = 30 } = this.#spec;
      const fields = await awaitReady({ readiness, child, output, timeoutSeconds: readyTimeoutSeconds });
      this.#log.info('process ready', { pid: child.pid, durationMs: Math.round(performance.now() - startedAt) });
      void this.#watch(child, startedAt);
      return fields;
    } catch (error) {
      await this.#end();
      throw this.#startError(error, output.recent());
    }
  }

  /** Ends the child for good: SIGTERM, and SIGKILL after the time limit. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#end();
    await new Promise<void>((resolve) => this.#file.end(resolve));
  }

  async #watch(child: ChildProcess, startedAt: number): Promise<void> {
    await this.#ended;
    if (this.#stopping.signal.aborted) return;
    this.#child = undefined;
    const facts = { status: child.exitCode, signal: child.signalCode, restarts: this.#restarts };
    this.#log.error('process ended unexpectedly', facts);
    if (this.#spec.restart !== false) await this.#restart(performance.now() - startedAt);
  }

  async #restart(livedMs: number): Promise<void> {
    const waitMs = restartDelayMs(this.#restarts, livedMs);
    this.#restarts += 1;
    try {
      await delay(waitMs, undefined, { signal: this.#stopping.signal });
      await this.start();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#log.error('process could not be restarted', { error });
      await this.#restart(0);
    }
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.kill('SIGTERM');
    const { stopTimeoutSeconds = 15 } = this.#spec;
    const killing = setTimeout(() => {
      this.#log.warn('process killed, it did not stop in time', { stopTimeoutSeconds });
      child.kill('SIGKILL');
    }, stopTimeoutSeconds * 1000);
    await this.#ended;
    clearTimeout(killing);
  }

  #startError(error: unknown, recent: readonly string[]): DrydockError {
    const reason = errorMessage(error);
    const last = recent.slice(-5).join(' | ');
    return new DrydockError(
      'process_start_failed',
      `the process ${this.name} ${reason}; see ${this.logFile}${last === '' ? '' : `, which ends: ${last}`}`,
      { cause: error },
    );
  }
}
