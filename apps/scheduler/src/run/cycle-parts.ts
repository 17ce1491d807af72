import type { GroupsOf, RetryPolicy } from '@drydock/model';
import type { Database, RunRef } from '@drydock/model/db';
import type { MoveSurroundings } from './apply-move.js';

export interface CycleParts {
  readonly db: Database;
  readonly run: RunRef;
  readonly stepsPerSlot: number;
  readonly doorAfterMilliseconds: number;
  readonly groupsOf: GroupsOf;
  readonly retryPolicy: RetryPolicy;
  readonly surroundings: Omit<MoveSurroundings, 'now'>;
}
