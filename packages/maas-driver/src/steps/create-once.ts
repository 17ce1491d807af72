import { isMaasError } from '../http/maas-error.js';
import type { SharedAct } from '../http/shared-act.js';

/** Something of the whole site that a step needs, a tag for instance. */
export interface SiteWideThing {
  readonly name: string;
  /** As the shared read tells. */
  readonly isThere: (signal: AbortSignal) => Promise<boolean>;
  readonly create: (signal: AbortSignal) => Promise<void>;
  /** Makes `isThere` read anew. */
  readonly forget: () => void;
}

/** Makes what is not there. Many nodes want it at the same time, and another process may be faster. @throws MaasError */
export async function createOnce(creations: SharedAct, thing: SiteWideThing, callerSignal: AbortSignal): Promise<void> {
  await creations.run(thing.name, callerSignal, async (signal) => {
    if (await thing.isThere(signal)) return;
    try {
      await thing.create(signal);
    } catch (error) {
      // Another process may have made it since we read.
      if (!isMaasError(error, 'validation')) throw error;
      thing.forget();
      if (!(await thing.isThere(signal))) throw error;
    }
  });
}
