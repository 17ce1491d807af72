import type { DrydockClient } from '@drydock/client';
import type { WatchOptions } from './waiting-options.js';

/** A task whose end somebody waits for. */
export interface AwaitedTask {
  readonly client: DrydockClient;
  readonly id: string;
  readonly options: WatchOptions;
}
