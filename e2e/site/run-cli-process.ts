import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './run-site.js';

export interface CliEnd {
  readonly code: number;
  readonly printed: string;
  readonly told: string;
}

const longestMilliseconds = 60_000;

/** The `drydock` command as a process of its own. */
export function runCliProcess(apiUrl: string, words: readonly string[]): Promise<CliEnd> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = join(projectRoot, 'packages/cli/src/main.ts');
  const nodeWords = ['--conditions=drydock-source', '--import', loader, main, ...words];
  const options = { env: { DD_URL: apiUrl, PATH: process.env['PATH'] ?? '' }, timeout: longestMilliseconds };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, nodeWords, options, (error, printed, told) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, printed, told });
    });
  });
}
