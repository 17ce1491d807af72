import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer is yes; jest's own limit ends it. For what a datastore announces to nobody. */
export async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(10);
}
