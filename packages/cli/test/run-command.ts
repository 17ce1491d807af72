import { runCli, type Surroundings } from '../src/index.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with nothing of it. */
export async function runCommand(words: readonly string[], change: Partial<Surroundings> = {}): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await runCli(words, {
    env: {},
    print: (text) => (said.out += text),
    tell: (text) => (said.err += text),
    readInput: async () => new Uint8Array(),
    terminal: null,
    projectRoot: '/nowhere',
    version: '0.0.0',
    nodeVersion: '20.19.0',
    uid: 1000,
    onInterrupt: () => () => undefined,
    ...change,
  });
  return { code, ...said };
}
