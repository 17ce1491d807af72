import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread from a module of ours. From source, the thread must register the TypeScript loader itself:
 * `--import tsx` reaches the main thread only.
 */
export function startThread(module: URL, workerData: unknown): Worker {
  if (!module.pathname.endsWith('.ts')) return new Worker(module, { workerData });
  // `require` finds the CommonJS twin, which cannot register in a thread; the module stands beside it.
  const loader = pathToFileURL(
    createRequire(module)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;
  return new Worker(code, { eval: true, workerData, name: fileURLToPath(module) });
}
