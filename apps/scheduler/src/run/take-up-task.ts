import { groupsByNode } from '@drydock/model';
import { readNodeFacts, type RunRef, type TaskToDrive } from '@drydock/model/db';
import type { Beginning } from './beginning.js';
import type { DriveParts } from './drive-parts.js';
import { rebuildState } from './rebuild-state.js';

/** Takes up a task that has a plan where it stands. */
export async function takeUpTask(run: RunRef, task: TaskToDrive, parts: DriveParts): Promise<Beginning> {
  const nodes = task.snapshotHash === null ? [] : await readNodeFacts(parts.db, task.snapshotHash);
  const groupsOf = groupsByNode(nodes, parts.provisioner, parts.groupLimits);
  return { kind: 'planned', state: await rebuildState(parts.db, run, groupsOf), groupsOf };
}
