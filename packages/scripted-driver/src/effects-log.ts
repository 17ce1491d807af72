import { appendFile, readFile } from 'node:fs/promises';

/** One effect on a pretended machine. */
export interface ScriptedEffect {
  readonly id: string;
  readonly verb: string;
  readonly node: string | null;
  readonly attempt: number;
}

/** The state of the pretended machines: every effect so far. */
export interface EffectsLog {
  append(effect: ScriptedEffect): Promise<void>;
  /** Of this process only. */
  inMemory(): readonly ScriptedEffect[];
  has(id: string): Promise<boolean>;
}

/** Appends are single writes to a file opened for appending: several processes may share it. */
export function createEffectsLog(file: string | undefined): EffectsLog {
  const effects: ScriptedEffect[] = [];
  return {
    async append(effect) {
      if (file !== undefined) await appendFile(file, `${JSON.stringify(effect)}\n`, { flag: 'a' });
      effects.push(effect);
    },
    inMemory: () => [...effects],
    has: async (id) =>
      effects.some((effect) => effect.id === id) ||
      (file !== undefined && (await readEffects(file)).some((effect) => effect.id === id)),
  };
}

/** Every effect that any process wrote; a file that nobody has written yet holds none. */
export async function readEffects(file: string): Promise<readonly ScriptedEffect[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ScriptedEffect);
}
