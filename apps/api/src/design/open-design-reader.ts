import { chooseTranslators, createReferenceResolver, type ReferencePolicy } from '@drydock/ingester';
import { DrydockError } from '@drydock/model';
import { type Log, threadModule, ThreadPool } from '@drydock/runtime';
import { BoundedCache } from './bounded-cache.js';
import { DesignReader } from './design-reader.js';
import type { CompiledForWire, DesignAnswer, DesignThreadSettings, DesignWork } from './design-work.js';

export interface DesignReaderSettings {
  readonly policy: ReferencePolicy;
  /** That documents may have; none: all that Drydock knows. */
  readonly formats: readonly string[];
  readonly threads: number;
  /** Designs that may wait for a thread. */
  readonly maxQueued: number;
  /** For one design, from the thread's first look at it. */
  readonly compileTimeoutSeconds: number;
  readonly cacheBytes: number;
  readonly cacheSeconds: number;
}

export interface OpenDesignReader {
  readonly reader: DesignReader;
  /** Ends the threads, whatever they do. */
  close(): Promise<void>;
}

/** Old generation of a thread: ten thousand nodes need about a third of it. */
const maxHeapMib = 2048;

/**
 * A reader of designs with threads and a cache of its own; its threads start at once.
 * @throws DrydockError `invalid_configuration` for a format that nobody knows
 */
export function openDesignReader(settings: DesignReaderSettings, log: Log): OpenDesignReader {
  chooseTranslators(settings.formats);
  const pool = new ThreadPool<DesignWork, DesignAnswer>({
    module: threadModule('./design-thread', import.meta.url),
    workerData: { formats: settings.formats } satisfies DesignThreadSettings,
    work: 'design compiler',
    threads: settings.threads,
    maxQueued: settings.maxQueued,
    timeoutSeconds: settings.compileTimeoutSeconds,
    maxHeapMib,
    log,
  });
  pool.warmUp();
  const resolver = createReferenceResolver(settings.policy);
  const reader = new DesignReader({
    resolve: (reference, signal) => resolver.resolve(reference, signal),
    pool,
    cache: new BoundedCache<CompiledForWire>(
      { maxBytes: settings.cacheBytes, lifeSeconds: settings.cacheSeconds },
      () => performance.now(),
    ),
  });
  return { reader, close: () => pool.close(new DrydockError('overloaded', 'this API stops; ask another one')) };
}
