import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

export interface HeldDatabase {
  readonly child: ChildProcess;
  readonly url: string;
  readonly kind: string;
  /** Sends the signal and waits until the holder (not the server) is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a process of its own that provides a database in the directory, as the given user or as ourselves. */
export async function holdDatabase(dataDirectory: string, uid?: number): Promise<HeldDatabase> {
  const entry = fileURLToPath(new URL('./fixtures/database-holder.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', entry, dataDirectory], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], HOME: dataDirectory, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ready = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const ended = once(child, 'close');
  const first = await Promise.race([ready, ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the holder ended: ${said}`);
  const { url, kind } = JSON.parse(first[0]) as { url: string; kind: string };
  return {
    child,
    url,
    kind,
    end: async (signal) => {
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}
