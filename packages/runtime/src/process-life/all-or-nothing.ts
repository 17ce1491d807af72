import { DrydockError, isDrydockError } from '@drydock/model';
import { errorMessage } from '../error-message.js';
import { Closers } from './closers.js';

/**
 * Opens several things; when a later one fails, those before it are closed again and the failure is thrown.
 * @throws what `open` threw; when something could not be closed either, a DrydockError that says both
 */
export async function allOrNothing<Opened>(open: (closers: Closers) => Promise<Opened>): Promise<Opened> {
  const closers = new Closers();
  try {
    return await open(closers);
  } catch (error) {
    const [closed] = await Promise.allSettled([closers.close()]);
    if (closed.status === 'fulfilled') throw error;
    const code = isDrydockError(error) ? error.code : 'internal';
    throw new DrydockError(code, `${errorMessage(error)}; then ${errorMessage(closed.reason)}`, {
      cause: new AggregateError([error, closed.reason]),
    });
  }
}
