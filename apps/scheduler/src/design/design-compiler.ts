import type { Worker } from 'node:worker_threads';
import { DrydockError, type ErrorCode } from '@drydock/model';
import { type Log, startThread } from '@drydock/runtime';

export interface CompilerSettings {
  readonly databaseUrl: string;
  readonly secretKeyFile: string;
  readonly fileRoots: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly isLoopbackAllowed: boolean;
  readonly maxBytes: number;
  readonly totalTimeoutSeconds: number;
}

export interface Compiled {
  readonly hash: string;
  readonly isValid: boolean;
}

/** What the thread answers, by request number. */
export type CompilerAnswer =
  | { readonly id: number; readonly compiled: Compiled }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string };

export interface CompilerRequest {
  readonly id: number;
  readonly reference: DesignReference;
}

export interface DesignReference {
  readonly designRef: string;
  /** The same with its user info, sealed; the thread opens it. */
  readonly designRefSealed: Uint8Array | null;
}

interface Pending {
  readonly resolve: (compiled: Compiled) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Fetches and compiles designs in a thread of its own, which writes the snapshot itself: a design of ten thousand nodes
 * neither stops the event loop nor crosses between threads. The thread is made at the first use and anew when it dies.
 */
export class DesignCompiler {
  private thread: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;

  constructor(
    private readonly settings: CompilerSettings,
    private readonly log: Log,
  ) {}

  /** @throws DrydockError with what is wrong with the reference or the design's bytes */
  compile({ designRef, designRefSealed }: DesignReference): Promise<Compiled> {
    const id = this.nextId;
    this.nextId += 1;
    return new Promise<Compiled>((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.running().postMessage({ id, reference: { designRef, designRefSealed } } satisfies CompilerRequest);
    });
  }

  /** Starts the thread before it is needed. */
  warmUp(): void {
    this.running();
  }

  async close(): Promise<void> {
    const thread = this.thread;
    this.thread = null;
    this.rejectAll(new DrydockError('run_lost', 'this scheduler stops; the task goes on under another'));
    await thread?.terminate();
  }

  private running(): Worker {
    if (this.thread) return this.thread;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const thread = startThread(new URL(`./compiler-thread.${extension}`, import.meta.url), this.settings);
    thread.on('message', (answer: CompilerAnswer) => this.answer(answer));
    thread.on('error', (error) => this.log.error('design compiler died', { error }));
    thread.on('exit', () => this.forget(thread));
    this.thread = thread;
    return thread;
  }

  private answer(answer: CompilerAnswer): void {
    const pending = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if ('compiled' in answer) pending?.resolve(answer.compiled);
    else pending?.reject(new DrydockError(answer.code, answer.message));
  }

  private forget(thread: Worker): void {
    if (this.thread === thread) this.thread = null;
    this.rejectAll(new DrydockError('internal', 'the design compiler died while it worked on this design'));
  }

  private rejectAll(error: DrydockError): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
