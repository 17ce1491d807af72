import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

export interface ThreadOptions {
  readonly workerData?: unknown;
  /** Of its old generation; the thread dies when it needs more. Default: as Node decides for a process. */
  readonly maxHeapMib?: number;
}

/**
 * Starts a worker thread from a module of ours. From source, the thread must register the TypeScript loader itself:
 * `--import tsx` reaches the main thread only.
 */
export function startThread(module: URL, { workerData, maxHeapMib }: ThreadOptions): Worker {
  const options: WorkerOptions = {
    workerData,
    name: fileURLToPath(module),
    ...(maxHeapMib !== undefined && { resourceLimits: { maxOldGenerationSizeMb: maxHeapMib } }),
  };
  if (!module.pathname.endsWith('.ts')) return new Worker(module, options);
  // `require` finds the CommonJS twin, which cannot register in a thread; the module stands beside it.
  const loader = pathToFileURL(
    createRequire(module)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;
  return new Worker(code, { ...options, eval: true });
}
