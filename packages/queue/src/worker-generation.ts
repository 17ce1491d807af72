import { DrydockError } from '@drydock/model';
import { DelayedError, WaitingError } from 'bullmq';
import { pauseAfterErrorMilliseconds } from './bullmq-settings.js';
import type { ConsumeOptions } from './consumer.js';
import type { PutBack, RungJob } from './rung-job.js';
import type { MadeWorker, Processor, RingJob, RingWorker } from './transport.js';
import { within } from './within.js';

const startLimitMilliseconds = 10_000;
const putBackLimitMilliseconds = 1_000;

interface RunningJob {
  readonly job: RingJob;
  readonly token: string;
  readonly stopping: AbortController;
}

/** Makes a Worker around a processor; `Transport.makeWorker` without what stays the same for one consumer. */
export type MakeWorker = (processor: Processor) => MadeWorker;

/** One BullMQ Worker and the handlers that it runs. The watchdog replaces it by the next generation. */
export class WorkerGeneration {
  readonly #options: ConsumeOptions;
  readonly #worker: RingWorker;
  readonly #listenTrouble: MadeWorker['listenTrouble'];
  readonly #running = new Set<RunningJob>();
  #pickedUpAt: number | null = null;
  #isStopping = false;
  #resumeTimer: NodeJS.Timeout | undefined;
  #pausedUntil = 0;
  #whenIdle: (() => void) | undefined;
  readonly #hear = (thrown: unknown): void => {
    this.#options.onError(thrown instanceof Error ? thrown : new Error(String(thrown)));
  };

  constructor(makeWorker: MakeWorker, options: ConsumeOptions) {
    this.#options = options;
    const { worker, listenTrouble } = makeWorker((job, token) => this.#process(job, token ?? ''));
    this.#worker = worker;
    this.#listenTrouble = listenTrouble;
    this.#worker.on('error', (error) => {
      this.#hear(error);
      this.pauseFor(pauseAfterErrorMilliseconds);
    });
  }

  get pickedUpAt(): number | null {
    return this.#pickedUpAt;
  }

  get trouble(): string | null {
    if (this.#isStopping) return 'stopping';
    if (!this.#worker.isRunning()) return 'not picking up jobs';
    return this.#listenTrouble();
  }

  /** Resolves when the Worker is connected and picks up jobs; closes it and throws when it cannot connect. */
  async start(): Promise<void> {
    try {
      await within(this.#worker.waitUntilReady(), startLimitMilliseconds);
    } catch (error) {
      this.#isStopping = true;
      await this.#worker.close(true);
      throw new DrydockError('queue_unavailable', `Queue ${this.#worker.name} cannot be consumed (${String(error)})`, {
        cause: error,
      });
    }
    this.#worker.run().catch(this.#hear);
  }

  pauseFor(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    if (this.#isStopping || until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    clearTimeout(this.#resumeTimer);
    this.#report(this.#worker.pause(true));
    this.#resumeTimer = setTimeout(() => this.#report(this.#worker.resume()), milliseconds);
  }

  /** Stops picking up and resolves when the last handler ended and its job is completed. */
  async retire(): Promise<void> {
    await this.#stopPickingUp();
    await this.#idle();
    await this.#worker.close();
  }

  /** As `Consumer.close`. */
  async close(graceMilliseconds: number): Promise<void> {
    await this.#stopPickingUp();
    for (const running of this.#running) running.stopping.abort();
    await this.#idle(graceMilliseconds);
    const left = [...this.#running];
    const puttingBack = left.map(({ job, token }) => job.moveToWait(token));
    // While the datastore is away this would take as long as it does; then the locks run out instead.
    await within(Promise.all(puttingBack), putBackLimitMilliseconds).catch(this.#hear);
    await this.#worker.close(left.length > 0);
  }

  async #process(job: RingJob, token: string): Promise<void> {
    if (this.#isStopping) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    this.#pickedUpAt = Date.now();
    const running: RunningJob = { job, token, stopping: new AbortController() };
    this.#running.add(running);
    try {
      await this.#handle(running);
    } finally {
      this.#running.delete(running);
      if (this.#running.size === 0) this.#whenIdle?.();
    }
  }

  async #handle({ job, token, stopping }: RunningJob): Promise<void> {
    const answer = await this.#answer(job, stopping.signal);
    if (!answer) return;
    this.pauseFor(answer.putBackAfterMilliseconds);
    // When this fails as well, the lock runs out and the stall check puts the job back.
    await job.moveToDelayed(Date.now() + answer.putBackAfterMilliseconds, token).catch(this.#hear);
    throw new DelayedError();
  }

  async #answer(job: RingJob, signal: AbortSignal): Promise<PutBack | void> {
    try {
      return await this.#options.handle(this.#rungJob(job, signal));
    } catch (error) {
      this.#hear(error);
      throw error;
    }
  }

  #rungJob(job: RingJob, signal: AbortSignal): RungJob {
    return {
      id: job.id ?? '',
      name: job.name,
      data: job.data,
      signal,
      reportProgress: (percent) => job.updateProgress(percent).catch(this.#hear),
    };
  }

  async #stopPickingUp(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#resumeTimer);
    await this.#worker.pause(true);
  }

  /** Resolves when no handler runs, or at the latest after the grace. */
  async #idle(graceMilliseconds?: number): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = graceMilliseconds === undefined ? undefined : setTimeout(resolve, graceMilliseconds);
      this.#whenIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #report(work: Promise<void>): void {
    work.catch(this.#hear);
  }
}
