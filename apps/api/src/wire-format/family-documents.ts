import type { TaskFamilies } from '@drydock/model/db';
import type { TaskDocument } from './documents.js';
import { stageDocument } from './stage-document.js';
import { type PublicApiUrl, stepDocument } from './step-document.js';
import { taskDocument } from './task-document.js';

/** Every task with its stages and their steps behind it, parents before children, by id. */
export function familyDocuments(families: TaskFamilies, publicApiUrl: PublicApiUrl): ReadonlyMap<string, TaskDocument> {
  const stagesOf = groupBy(families.stages, ({ taskId }) => taskId);
  const stepsOf = groupBy(families.steps, ({ stageId }) => stageId);
  const messagesOf = groupBy(families.messages, ({ taskId, stepId }) => stepId ?? taskId);
  const documents = new Map<string, TaskDocument>();
  const add = (document: TaskDocument): void => void documents.set(document.task_id, document);
  for (const task of families.tasks) {
    const stages = stagesOf.get(task.id) ?? [];
    add(taskDocument(task, stages, messagesOf.get(task.id) ?? []));
    for (const stage of stages) {
      const steps = stepsOf.get(stage.id) ?? [];
      add(stageDocument(task, stage, steps));
      for (const step of steps) add(stepDocument(task, step, messagesOf.get(step.id) ?? [], publicApiUrl));
    }
  }
  return documents;
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
