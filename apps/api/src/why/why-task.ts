import {
  type Blocker,
  defaultGroupLimits,
  explainStep,
  explainTask,
  groupsByNode,
  type IdleStep,
  type StepFacts,
  type TaskStand,
} from '@drydock/model';
import {
  countIdleSteps,
  type Database,
  type IdleStepPage,
  loadGroups,
  readHolders,
  readIdleSteps,
  readNodeFacts,
  readSurroundings,
  readTaskStand,
  type StepCounts,
  type TaskPlace,
  type Transaction,
} from '@drydock/model/db';

export interface ExplainedStep {
  readonly step: IdleStep;
  readonly blockers: readonly Blocker[];
}

/** Why a task, or what lies below a place in it, does not go on. */
export interface ExplainedTask {
  readonly task: TaskStand;
  readonly blockers: readonly Blocker[];
  readonly counts: StepCounts;
  readonly steps: readonly ExplainedStep[];
}

/** What decides about groups besides what is stored; as for the scheduler. */
export interface WhySettings {
  readonly provisioner: string;
  readonly stepsPerSlot: number;
}

/**
 * Explains a page of steps from one state of the database, in at most ten statements, however many steps there are.
 * Null when the task has gone meanwhile.
 */
export async function whyTask(
  db: Database,
  { place, page, settings }: { readonly place: TaskPlace; readonly page: IdleStepPage; readonly settings: WhySettings },
): Promise<ExplainedTask | null> {
  return await db.transaction(
    async (tx) => {
      const task = await readTaskStand(tx, place.taskId);
      if (!task) return null;
      const counts = await countIdleSteps(tx, place);
      const steps = await readIdleSteps(tx, place, page);
      const facts = steps.length === 0 ? null : await factsOf(tx, { task, steps, settings });
      return {
        task,
        blockers: explainTask(task),
        counts,
        steps: facts === null ? [] : steps.map((step) => ({ step, blockers: explainStep(step, facts) })),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

interface Page {
  readonly task: TaskStand;
  readonly steps: readonly IdleStep[];
  readonly settings: WhySettings;
}

async function factsOf(tx: Transaction, { task, steps, settings }: Page): Promise<StepFacts> {
  const names = [...new Set(steps.flatMap(({ nodeName }) => nodeName ?? []))];
  const nodes = task.snapshotHash === null ? [] : await readNodeFacts(tx, task.snapshotHash, names);
  // Limits stand in the rows of the groups: only the keys and weights of these needs count.
  const groupsOf = groupsByNode(nodes, settings.provisioner, defaultGroupLimits);
  const keys = [...new Set(steps.flatMap((step) => groupsOf(step).map(({ key }) => key)))];
  const { groups } = await loadGroups(tx, { taskId: task.id, keys, stepsPerSlot: settings.stepsPerSlot });
  const holders = await readHolders(tx, keys);
  return { task, groupsOf, groups, holders, ...(await readSurroundings(tx, task.id, steps)) };
}
