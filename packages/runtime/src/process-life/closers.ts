import { DrydockError } from '@drydock/model';
import { errorMessage } from '../error-message.js';

interface Closer {
  readonly name: string;
  readonly close: () => Promise<void> | void;
  readonly timeoutSeconds: number;
}

/**
 * What a process must close, closed in reverse order of adding: who was built last stands on those before.
 * Every closer gets its own time limit and all are tried; failures are collected and thrown as one error at the end.
 */
export class Closers {
  readonly #closers: Closer[] = [];
  #closing: Promise<void> | undefined;

  add(name: string, close: () => Promise<void> | void, timeoutSeconds = 20): void {
    this.#closers.push({ name, close, timeoutSeconds });
  }

  /** May be called again, also at once: everybody waits for the one closing. */
  close(): Promise<void> {
    return (this.#closing ??= this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    const failures: Error[] = [];
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closeInTime(closer);
      } catch (error) {
        failures.push(new Error(`${closer.name}: ${errorMessage(error)}`, { cause: error }));
      }
    }
    if (failures.length === 0) return;
    const named = failures.map(({ message }) => message).join('; ');
    throw new DrydockError('close_failed', `not everything could be closed: ${named}`, {
      cause: new AggregateError(failures),
    });
  }
}

async function closeInTime({ close, timeoutSeconds }: Closer): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not close within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
  });
  try {
    await Promise.race([close(), late]);
  } finally {
    clearTimeout(timer);
  }
}
