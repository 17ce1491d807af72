import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { siteOf } from '@drydock/demo';
import { compileDesign } from '@drydock/ingester';
import type { CompiledDesign } from '@drydock/model';
import { findFreePort } from '@drydock/runtime';
import type { Bench } from './bench.js';

/** Writes a design of `--nodes` nodes of the demo's shape, whose BMCs are on a free port. */
export async function writeDesign({
  dataDirectory,
  options,
}: Pick<Bench, 'dataDirectory' | 'options'>): Promise<{ readonly design: CompiledDesign; readonly file: string }> {
  const text = siteOf(options.nodes, { bmcPort: await findFreePort('127.16.1.11') });
  const file = join(dataDirectory, 'design', 'site.yaml');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  const { design, isValid } = compileDesign(Buffer.from(text), file);
  if (design === null || !isValid) throw new Error(`the generated design ${file} is not valid`);
  return { design, file };
}
