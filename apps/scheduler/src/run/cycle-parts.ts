import type { Database, RunRef } from '@drydock/model/db';
import type { MoveSurroundings } from './apply-move.js';
import type { GroupsOf } from './node-facts.js';

export interface CycleParts {
  readonly db: Database;
  readonly run: RunRef;
  readonly stepsPerSlot: number;
  readonly groupsOf: GroupsOf;
  readonly surroundings: Omit<MoveSurroundings, 'now'>;
}
