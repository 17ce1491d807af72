import type { DrydockClient } from '@drydock/client';
import type { ExitCode } from '../exit-codes.js';
import type { Surroundings } from '../surroundings.js';

/** What a command works with. */
export interface CommandContext {
  readonly surroundings: Surroundings;
  /** @throws UsageError for a URL that cannot be one */
  readonly openClient: () => DrydockClient;
  /** What the process ends with, unless something throws. */
  readonly endWith: (code: ExitCode) => void;
}
