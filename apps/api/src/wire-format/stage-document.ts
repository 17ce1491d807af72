import { verbs } from '@drydock/model';
import type { ShownStage, ShownStep, ShownTask } from '@drydock/model/db';
import type { TaskDocument } from './documents.js';
import { shownDesignRef } from './shown-design-ref.js';
import { statusDocument, type Verdict } from './status-document.js';
import { stepVerdict } from './step-verdict.js';
import { optionalTimestamp } from './timestamp.js';

/** A stage, shown as the subtask that holds its steps. Its counters say whether it is over, its steps say how. */
export function stageDocument(task: ShownTask, stage: ShownStage, steps: readonly ShownStep[]): TaskDocument {
  const isOver = stage.total > 0 && ended(stage) === stage.total;
  const isTerminated = stage.cancelled > 0;
  return {
    kind: 'Task',
    apiVersion: 'v1',
    task_id: stage.id,
    action: verbs[stage.verb].apiAction,
    parent_task_id: stage.taskId,
    design_ref: shownDesignRef(task.designRef),
    status: stageStatus(isOver, isTerminated, steps),
    result: statusDocument(stageVerdict(isOver, steps), []),
    node_filter: task.nodeFilter,
    subtask_id_list: steps.map(({ id }) => id),
    created: optionalTimestamp(stage.firstAdmittedAt),
    created_by: null,
    updated: optionalTimestamp(stage.updatedAt),
    terminated: isTerminated ? optionalTimestamp(task.terminateRequestedAt) : null,
    terminated_by: isTerminated ? task.terminatedBy : null,
    terminate: isTerminated,
    retry: steps.reduce((most, { attempt }) => Math.max(most, attempt), 0),
  };
}

function ended(stage: ShownStage): number {
  return stage.succeeded + stage.absent + stage.failed + stage.skipped + stage.cancelled;
}

function stageStatus(isOver: boolean, isTerminated: boolean, steps: readonly ShownStep[]): string {
  if (isOver) return isTerminated ? 'terminated' : 'complete';
  return steps.some(({ firstClaimedAt }) => firstClaimedAt !== null) ? 'running' : 'requested';
}

/** Counts the newest attempt of each node; the names are known before the stage is over, the verdict is not. */
function stageVerdict(isOver: boolean, steps: readonly ShownStep[]): Verdict {
  const verdicts = newestAttempts(steps).map(stepVerdict);
  const good = verdicts.filter(({ status }) => status === 'success').length;
  const bad = verdicts.filter(({ status }) => status === 'failure').length;
  return {
    status: isOver ? fold(good, bad) : 'incomplete',
    successes: [...new Set(verdicts.flatMap(({ successes }) => successes))],
    failures: [...new Set(verdicts.flatMap(({ failures }) => failures))],
  };
}

function newestAttempts(steps: readonly ShownStep[]): readonly ShownStep[] {
  const newest = new Map<string | null, ShownStep>();
  for (const step of steps) {
    const known = newest.get(step.nodeName);
    if (!known || step.attempt >= known.attempt) newest.set(step.nodeName, step);
  }
  return [...newest.values()];
}

function fold(good: number, bad: number): Verdict['status'] {
  if (bad === 0) return 'success';
  return good === 0 ? 'failure' : 'partial_success';
}
