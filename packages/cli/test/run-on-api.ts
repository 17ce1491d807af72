import type { Surroundings } from '../src/index.js';
import { type FakeApi, startFakeApi } from './fake-api.js';
import { type Ran, runCommand } from './run-command.js';

export type Answers = Parameters<typeof startFakeApi>[0];

export interface RanOnApi extends Ran {
  readonly requests: FakeApi['requests'];
}

/** Runs a command line in this process, against an API of its own that answers so. */
export async function runOnApi(
  words: readonly string[],
  answers: Answers,
  change: Partial<Surroundings> = {},
): Promise<RanOnApi> {
  const api = await startFakeApi(answers);
  try {
    const ran = await runCommand(words, { env: { DD_URL: api.url }, ...change });
    return { ...ran, requests: api.requests };
  } finally {
    await api.close();
  }
}
