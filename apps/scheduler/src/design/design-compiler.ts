import type { ReferencePolicy } from '@drydock/ingester';
import { DrydockError } from '@drydock/model';
import { type Log, threadModule, ThreadPool } from '@drydock/runtime';

export interface CompilerSettings {
  readonly databaseUrl: string;
  /** As for `openDatabase`. */
  readonly isPooled: boolean;
  readonly isDurable: boolean;
  readonly secretKeyFile: string;
  readonly policy: ReferencePolicy;
  /** That documents may have; none: all that Drydock knows. */
  readonly formats: readonly string[];
}

export interface Compiled {
  readonly hash: string;
  readonly isValid: boolean;
}

export interface DesignReference {
  readonly designRef: string;
  /** The same with its user info, sealed; the thread opens it. */
  readonly designRefSealed: Uint8Array | null;
}

/** Designs mostly wait for their bytes: as many as lanes will ever begin at once. */
const designsAtOnce = 64;

/**
 * Fetches and compiles designs in a thread of its own, which writes the snapshot itself: a design of ten thousand nodes
 * neither stops the event loop nor crosses between threads. The thread is made at the first use and anew when it dies.
 */
export class DesignCompiler {
  private readonly pool: ThreadPool<DesignReference, Compiled>;

  constructor(settings: CompilerSettings, log: Log) {
    this.pool = new ThreadPool({
      module: threadModule('./compiler-thread', import.meta.url),
      workerData: settings,
      work: 'design compiler',
      threads: 1,
      callsPerThread: designsAtOnce,
      maxQueued: Number.POSITIVE_INFINITY,
      timeoutSeconds: null,
      log,
    });
  }

  /**
   * @param signal ends a fetch that is under way; nobody waits for a compilation any longer
   * @throws DrydockError with what is wrong with the reference or the design's bytes; the reason of the signal
   */
  compile({ designRef, designRefSealed }: DesignReference, signal?: AbortSignal): Promise<Compiled> {
    return this.pool.run({ designRef, designRefSealed }, [], signal);
  }

  /** Starts the thread before it is needed. */
  warmUp(): void {
    this.pool.warmUp();
  }

  close(): Promise<void> {
    return this.pool.close(new DrydockError('run_lost', 'this scheduler stops; the task goes on under another'));
  }
}
