import { and, asc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { message, stage, step, task } from '../../tables/index.js';
import type { TaskPlace } from './find-task-place.js';
import {
  messageColumns,
  type ShownMessage,
  type ShownStage,
  type ShownStep,
  type ShownTask,
  stageColumns,
  stepColumns,
  taskColumns,
} from './shown-rows.js';

/** Tasks with what was admitted of them so far, each list in the order in which a client sees it. */
export interface TaskFamilies {
  readonly tasks: readonly ShownTask[];
  readonly stages: readonly ShownStage[];
  readonly steps: readonly ShownStep[];
  readonly messages: readonly ShownMessage[];
}

/** How far below the place a caller looks: 1 is the place itself. */
export type FamilyDepth = 1 | 2 | 3;

/**
 * The place, its task, and what lies below it down to the depth. At most four statements, whatever the size, from the
 * outside in: whatever was committed with the end of a thing is then seen by the statements after it.
 */
export async function readTaskFamily(db: Database, place: TaskPlace, depth: FamilyDepth): Promise<TaskFamilies> {
  const isFlatTask = place.kind === 'task' && depth === 1;
  const tasks = await db.select(taskColumns).from(task).where(eq(task.id, place.taskId));
  const stages = await readStages(
    db,
    place.stageId === null ? eq(stage.taskId, place.taskId) : eq(stage.id, place.stageId),
  );
  const steps = isFlatTask ? [] : await readSteps(db, stepsBelow(place));
  const messages = await readMessages(db, messagesBelow(place, depth));
  return { tasks, stages, steps, messages };
}

export interface TaskPage {
  /** Top-level tasks, their subtasks not counted; null: all. */
  readonly limit: number | null;
  /** The top-level task after which the page begins; null: the first. */
  readonly after: string | null;
}

/** Whole families in order of submission, in four statements. Null when nobody has the id `after`. */
export async function listTaskFamilies(db: Database, page: TaskPage): Promise<TaskFamilies | null> {
  const begin = await positionAfter(db, page.after);
  if (begin === null) return null;
  const query = db
    .select(taskColumns)
    .from(task)
    .where(sql`${task.position} > ${begin}`)
    .orderBy(asc(task.position))
    .$dynamic();
  const tasks = await (page.limit === null ? query : query.limit(page.limit));
  const ids = sql`any(${sql.param(tasks.map(({ id }) => id))}::uuid[])`;
  const stages = await readStages(db, sql`${stage.taskId} = ${ids}`);
  const steps = await readSteps(db, sql`${step.taskId} = ${ids}`);
  const messages = await readMessages(db, sql`${message.taskId} = ${ids}`);
  return { tasks, stages, steps, messages };
}

async function positionAfter(db: Database, id: string | null): Promise<number | null> {
  if (id === null) return 0;
  const found = await db.select({ position: task.position }).from(task).where(eq(task.id, id));
  return found[0]?.position ?? null;
}

function stepsBelow(place: TaskPlace): SQL {
  if (place.kind === 'step') return eq(step.id, place.id);
  return place.kind === 'stage' ? eq(step.stageId, place.id) : eq(step.taskId, place.taskId);
}

/** A stage has no messages of its own. */
function messagesBelow(place: TaskPlace, depth: FamilyDepth): SQL | undefined {
  if (place.kind === 'step') return eq(message.stepId, place.id);
  if (place.kind === 'task') {
    return and(eq(message.taskId, place.taskId), depth === 3 ? undefined : isNull(message.stepId));
  }
  if (depth === 1) return sql`false`;
  return inArray(message.stepId, sql`(select id from step where stage_id = ${place.id})`);
}

async function readStages(db: Database, where: SQL): Promise<ShownStage[]> {
  return db
    .select(stageColumns)
    .from(stage)
    .where(and(where, isNotNull(stage.firstAdmittedAt)))
    .orderBy(asc(stage.firstAdmittedAt), asc(stage.ordinal));
}

async function readSteps(db: Database, where: SQL): Promise<ShownStep[]> {
  const isShown = and(isNotNull(step.firstAdmittedAt), or(isNull(step.end), sql`${step.end} <> 'skipped'`));
  return db.select(stepColumns).from(step).where(and(where, isShown)).orderBy(asc(step.firstAdmittedAt), asc(step.key));
}

async function readMessages(db: Database, where: SQL | undefined): Promise<ShownMessage[]> {
  return db.select(messageColumns).from(message).where(where).orderBy(asc(message.sequence));
}
