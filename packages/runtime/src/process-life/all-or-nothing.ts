import { Closers } from './closers.js';

/** Opens several things; when a later one fails, those before it are closed again and the failure is thrown. */
export async function allOrNothing<Opened>(open: (closers: Closers) => Promise<Opened>): Promise<Opened> {
  const closers = new Closers();
  try {
    return await open(closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}
