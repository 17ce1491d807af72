import type { GroupsOf, TaskResult } from '@drydock/model';
import type { RunState } from './run-state.js';

/** What a beginning led to: the end at once, or a stored plan with its state in memory. */
export type Beginning =
  | { readonly kind: 'ended'; readonly result: TaskResult }
  | { readonly kind: 'planned'; readonly state: RunState; readonly groupsOf: GroupsOf };
