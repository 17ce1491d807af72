import type { ConsumeOptions, Consumer } from './consumer.js';
import { type MakeWorker, WorkerGeneration } from './worker-generation.js';

/** A consumer is a row of Workers: the one that picks up, and older ones whose handlers still run. */
export class BullmqConsumer implements Consumer {
  readonly #makeWorker: MakeWorker;
  readonly #options: ConsumeOptions;
  readonly #retired = new Set<WorkerGeneration>();
  #current: WorkerGeneration;
  #closing: Promise<void> | undefined;

  private constructor(makeWorker: MakeWorker, options: ConsumeOptions, first: WorkerGeneration) {
    this.#makeWorker = makeWorker;
    this.#options = options;
    this.#current = first;
  }

  static async start(makeWorker: MakeWorker, options: ConsumeOptions): Promise<BullmqConsumer> {
    const first = new WorkerGeneration(makeWorker, options);
    await first.start();
    return new BullmqConsumer(makeWorker, options, first);
  }

  get pickedUpAt(): number | null {
    const times = [this.#current, ...this.#retired].flatMap(({ pickedUpAt }) => pickedUpAt ?? []);
    return times.length === 0 ? null : Math.max(...times);
  }

  get trouble(): string | null {
    return this.#closing ? 'closed' : this.#current.trouble;
  }

  pauseFor(milliseconds: number): void {
    this.#current.pauseFor(milliseconds);
  }

  async recreate(): Promise<void> {
    if (this.#closing) return;
    const next = new WorkerGeneration(this.#makeWorker, this.#options);
    await next.start();
    const old = this.#current;
    this.#current = next;
    this.#retired.add(old);
    // Not awaited: its handlers may take hours.
    old
      .retire()
      .catch((error: Error) => this.#options.onError(error))
      .finally(() => this.#retired.delete(old));
  }

  async close(graceMilliseconds: number): Promise<void> {
    this.#closing ??= Promise.all(
      [this.#current, ...this.#retired].map((generation) => generation.close(graceMilliseconds)),
    ).then(() => undefined);
    await this.#closing;
  }
}
