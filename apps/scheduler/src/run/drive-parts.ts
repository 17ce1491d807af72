import type { BackoffPolicy, GroupLimits } from '@drydock/model';
import type { Database, Ringable } from '@drydock/model/db';
import type { StepLimits } from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import type { DesignCompiler } from '../design/design-compiler.js';

/** What a run needs besides its own state. */
export interface DriveParts {
  readonly db: Database;
  readonly compiler: DesignCompiler;
  readonly limits: StepLimits;
  readonly groupLimits: GroupLimits;
  /** Name of the provisioner in group keys. */
  readonly provisioner: string;
  readonly attemptBackoff: BackoffPolicy;
  /** Never waited for: a ring that fails is rung again by a sweep. */
  readonly ringSteps: (steps: readonly Ringable[]) => void;
  readonly random: () => number;
  readonly log: Log;
}
