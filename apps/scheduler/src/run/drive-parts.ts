import type { BackoffPolicy, GroupLimits, RetryPolicy } from '@drydock/model';
import type { Database, Ringable } from '@drydock/model/db';
import type { StepLimits } from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import type { TaskCompiler } from '../design/trace-compiler.js';

/** What a run needs besides its own state. */
export interface DriveParts {
  readonly db: Database;
  readonly compiler: { readonly compile: TaskCompiler };
  readonly limits: StepLimits;
  readonly groupLimits: GroupLimits;
  /** Name of the provisioner in group keys. */
  readonly provisioner: string;
  readonly attemptBackoff: BackoffPolicy;
  /** How many further tries and attempts a step, a node and a BMC may have. */
  readonly retryPolicy: RetryPolicy;
  /** Never waited for: a ring that fails is rung again by a sweep. */
  readonly ringSteps: (steps: readonly Ringable[]) => void;
  readonly random: () => number;
  readonly log: Log;
}
