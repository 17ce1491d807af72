import { readFile } from 'node:fs/promises';
import { percentile } from '../percentile.js';
import type { DesignRun } from './design-run.js';

const cachedReads = 50;
const mebibyte = 1024;

// A process of its own: `measure-once.ts FILE` prints a DesignRun as one line of JSON.
process.stdout.write(`${JSON.stringify(await measureOnce(process.argv[2] ?? ''))}\n`);

async function measureOnce(file: string): Promise<DesignRun> {
  const bytes = new Uint8Array(await readFile(file));
  const beforeImport = performance.now();
  const { compileDesign } = await import('@drydock/ingester/compiler');
  const before = performance.now();
  const { findings } = compileDesign(bytes, file);
  const coldSeconds = (performance.now() - before) / 1000;
  const rssMib = process.resourceUsage().maxRSS / mebibyte;
  return {
    coldSeconds,
    importSeconds: (before - beforeImport) / 1000,
    rssMib,
    cachedMs: await measureCached(bytes, file),
    findings: findings.length,
    errors: findings.filter(({ level }) => level === 'error').map(({ message }) => message),
  };
}

/** Through the API's own reader, with the compiler in this thread: what is measured never reaches it. */
async function measureCached(bytes: Uint8Array<ArrayBuffer>, source: string): Promise<number> {
  const { BoundedCache } = await import('../../../apps/api/src/design/bounded-cache.js');
  const { DesignReader } = await import('../../../apps/api/src/design/design-reader.js');
  const { compileForWire } = await import('../../../apps/api/src/design/compile-for-wire.js');
  const { chooseTranslators } = await import('@drydock/ingester/compiler');
  let compilations = 0;
  const reader = new DesignReader({
    resolve: () => Promise.resolve({ bytes, source }),
    pool: {
      run: (work) => {
        if (work.do !== 'compile') throw new Error(`nobody asked for ${work.do}`);
        compilations += 1;
        return Promise.resolve(compileForWire(work, new Date(0).toISOString(), chooseTranslators()));
      },
    },
    cache: new BoundedCache({ maxBytes: 2 ** 30, lifeSeconds: 3600 }, () => performance.now()),
  });
  const { signal } = new AbortController();
  await reader.read(source, signal);
  const milliseconds: number[] = [];
  for (let index = 0; index < cachedReads; index += 1) {
    const before = performance.now();
    await reader.read(source, signal);
    milliseconds.push(performance.now() - before);
  }
  if (compilations !== 1) throw new Error(`the cache let ${compilations} compilations through`);
  return percentile(milliseconds, 50);
}
