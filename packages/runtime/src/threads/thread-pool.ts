import type { TransferListItem } from 'node:worker_threads';
import { DrydockError } from '@drydock/model';
import type { Log } from '../logging/log.js';
import { type PooledCall, PooledThread } from './pooled-thread.js';

export interface ThreadPoolOptions {
  /** Calls `serveThread`. */
  readonly module: URL;
  readonly workerData?: unknown;
  /** What the threads do, for messages and the log: `design compiler`. */
  readonly work: string;
  readonly threads: number;
  /** Calls that one thread works on at a time; more than one only for work that mostly waits. Default 1. */
  readonly callsPerThread?: number;
  /** Calls that may wait for a thread; one more is refused. */
  readonly maxQueued: number;
  /** How long a call may wait, and then how long it may run. Null: as long as it takes. */
  readonly timeoutSeconds: number | null;
  readonly maxHeapMib?: number;
  readonly log: Log;
}

/**
 * A bounded number of threads for work that would stop the event loop, with a bounded queue before them. A call that
 * takes too long, or a thread that dies, costs that call an error; the next one gets a new thread.
 */
export class ThreadPool<Request, Answer> {
  private readonly threads = new Set<PooledThread<Request, Answer>>();
  private readonly queue = new Set<PooledCall<Request, Answer>>();
  private closedBy: DrydockError | null = null;

  constructor(private readonly options: ThreadPoolOptions) {}

  /**
   * @param moved buffers of the request that are handed over instead of copied; the caller must not use them afterwards
   * @param signal aborts the signal of the work; the call ends at once with its reason
   * @throws DrydockError `overloaded` (no room, or not in time), `work_exceeded` (too long or too much memory),
   *   `internal` (the thread died), or what the thread threw
   */
  async run(request: Request, moved: readonly TransferListItem[] = [], signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    let cancel = (): void => undefined;
    const answered = new Promise<Answer>((resolve, reject) => {
      const call: PooledCall<Request, Answer> = { request, moved, resolve, reject, timer: null };
      cancel = () => this.cancel(call, signal?.reason);
      if (this.closedBy) reject(this.closedBy);
      else if (!this.start(call)) this.enqueue(call);
    });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await answered;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Starts every thread before it is needed. */
  warmUp(): void {
    while (this.threads.size < this.options.threads) this.newThread();
  }

  /** Ends every thread; calls that were not answered, and all later ones, fail with `reason`. */
  async close(reason: DrydockError): Promise<void> {
    this.closedBy = reason;
    for (const call of this.queue) this.refuse(call, reason);
    await Promise.all([...this.threads].map((thread) => thread.end(reason)));
  }

  private start(call: PooledCall<Request, Answer>): boolean {
    const thread = this.threadWithRoom();
    if (thread === null) return false;
    this.time(call, (seconds) => {
      this.options.log.warn('thread ended: its work took too long', { work: this.options.work, seconds });
      const error = this.error('work_exceeded', `took longer than ${seconds} s; give it less, or try again later`);
      void thread.end(error);
    });
    thread.call(call);
    return true;
  }

  private enqueue(call: PooledCall<Request, Answer>): void {
    const { maxQueued } = this.options;
    if (this.queue.size >= maxQueued) {
      call.reject(this.error('overloaded', `has ${maxQueued} requests waiting already; try again in a moment`));
      return;
    }
    this.queue.add(call);
    this.time(call, (seconds) => {
      this.refuse(call, this.error('overloaded', `did not come to this within ${seconds} s; try again in a moment`));
    });
  }

  private threadWithRoom(): PooledThread<Request, Answer> | null {
    const { threads, callsPerThread = 1 } = this.options;
    const [least] = [...this.threads].toSorted((left, right) => left.load - right.load);
    if (least && (least.load === 0 || (this.threads.size === threads && least.load < callsPerThread))) return least;
    return this.threads.size < threads ? this.newThread() : null;
  }

  private newThread(): PooledThread<Request, Answer> {
    const { module, workerData, maxHeapMib, log, work } = this.options;
    const thread = new PooledThread<Request, Answer>({
      module,
      thread: { workerData, ...(maxHeapMib !== undefined && { maxHeapMib }) },
      onMistake: (stack) => log.error('thread failed', { work, stack }),
      onRoom: () => this.advance(),
      onGone: (gone, cause) => {
        this.threads.delete(gone);
        if (cause) log.error('thread died', { work, error: cause });
        this.advance();
      },
    });
    this.threads.add(thread);
    return thread;
  }

  private advance(): void {
    if (this.closedBy) return;
    for (const call of this.queue) {
      if (!this.start(call)) return;
      this.queue.delete(call);
    }
  }

  private cancel(call: PooledCall<Request, Answer>, reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error(`the ${this.options.work} was cancelled`);
    if (this.queue.has(call)) this.refuse(call, error);
    else if ([...this.threads].some((thread) => thread.cancel(call))) call.reject(error);
  }

  private refuse(call: PooledCall<Request, Answer>, error: Error): void {
    this.queue.delete(call);
    if (call.timer) clearTimeout(call.timer);
    call.reject(error);
  }

  /** The time of a call begins anew when it gets its thread. */
  private time(call: PooledCall<Request, Answer>, onLate: (seconds: number) => void): void {
    const { timeoutSeconds } = this.options;
    if (call.timer) clearTimeout(call.timer);
    if (timeoutSeconds !== null) call.timer = setTimeout(() => onLate(timeoutSeconds), timeoutSeconds * 1000);
  }

  private error(code: 'overloaded' | 'work_exceeded', text: string): DrydockError {
    return new DrydockError(code, `the ${this.options.work} ${text}`);
  }
}
