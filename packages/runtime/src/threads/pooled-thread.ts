import type { TransferListItem, Worker } from 'node:worker_threads';
import { DrydockError } from '@drydock/model';
import { startThread, type ThreadOptions } from '../process-life/start-thread.js';
import type { ThreadReply, ThreadRequest } from './thread-messages.js';

/** A request on its way through the pool. */
export interface PooledCall<Request, Answer> {
  readonly request: Request;
  /** Buffers of the request that are handed over instead of copied. */
  readonly moved: readonly TransferListItem[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** Ends the call after its time; null: it has none. */
  timer: NodeJS.Timeout | null;
}

export interface PooledThreadOptions<Request, Answer> {
  readonly module: URL;
  readonly thread: ThreadOptions;
  /** Something other than a DrydockError was thrown; its stack. */
  readonly onMistake: (stack: string) => void;
  /** After an answer, or when the thread is gone: there is room again. */
  readonly onRoom: (thread: PooledThread<Request, Answer>) => void;
  /** Once, however it ended; `cause` is null when it was ended by us. */
  readonly onGone: (thread: PooledThread<Request, Answer>, cause: Error | null) => void;
}

/** One thread of a pool and the calls that it works on. */
export class PooledThread<Request, Answer> {
  private readonly worker: Worker;
  private readonly calls = new Map<number, PooledCall<Request, Answer>>();
  private nextId = 1;
  private cause: Error | null = null;
  private isGone = false;

  constructor(private readonly options: PooledThreadOptions<Request, Answer>) {
    this.worker = startThread(options.module, options.thread);
    this.worker.on('message', (reply: ThreadReply<Answer>) => this.receive(reply));
    this.worker.on('error', (error: Error) => (this.cause = error));
    this.worker.on('exit', (code) => {
      this.cause ??= new Error(`the thread ended by itself with code ${code}`);
      this.leave();
    });
  }

  get load(): number {
    return this.calls.size;
  }

  call(call: PooledCall<Request, Answer>): void {
    const id = this.nextId;
    this.nextId += 1;
    this.calls.set(id, call);
    try {
      this.worker.postMessage({ id, request: call.request } satisfies ThreadRequest<Request>, [...call.moved]);
    } catch (error) {
      // It cannot be copied: it never came to the thread and must not keep a place there.
      this.calls.delete(id);
      if (call.timer) clearTimeout(call.timer);
      call.reject(error as Error);
    }
  }

  /** The answer is not wanted any more; the thread is told, and goes on with its other calls. @returns whether it had the call */
  cancel(cancelled: PooledCall<Request, Answer>): boolean {
    const [id] = [...this.calls].find(([, call]) => call === cancelled) ?? [];
    if (id === undefined) return false;
    this.calls.delete(id);
    if (cancelled.timer) clearTimeout(cancelled.timer);
    this.worker.postMessage({ id, isCancelled: true } satisfies ThreadRequest<Request>);
    this.options.onRoom(this);
    return true;
  }

  /** Ends the thread in the middle of whatever it does; its calls fail with `error`. */
  async end(error: DrydockError): Promise<void> {
    this.leave(error);
    await this.worker.terminate();
  }

  private receive(reply: ThreadReply<Answer>): void {
    const call = this.calls.get(reply.id);
    if (call === undefined) return;
    this.calls.delete(reply.id);
    if (call.timer) clearTimeout(call.timer);
    if ('answer' in reply) call.resolve(reply.answer);
    else if ('code' in reply) call.reject(new DrydockError(reply.code, reply.message));
    else {
      this.options.onMistake(reply.mistake);
      call.reject(new DrydockError('internal', 'the thread failed on this; the log has the cause'));
    }
    this.options.onRoom(this);
  }

  private leave(error: DrydockError = deathOf(this.cause)): void {
    if (this.isGone) return;
    this.isGone = true;
    const calls = [...this.calls.values()];
    this.calls.clear();
    for (const { timer } of calls) if (timer) clearTimeout(timer);
    this.options.onGone(this, this.cause);
    for (const { reject } of calls) reject(error);
  }
}

/** Node's code for a thread that reached its heap limit. */
const outOfMemory = 'ERR_WORKER_OUT_OF_MEMORY';

function deathOf(cause: Error | null): DrydockError {
  if (cause && 'code' in cause && cause.code === outOfMemory) {
    return new DrydockError('work_exceeded', 'the work needed more memory than its thread may have; give it less', {
      cause,
    });
  }
  return new DrydockError('internal', 'the thread died while it worked on this; the log has the cause', { cause });
}
