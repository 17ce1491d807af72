import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkReference, type ReferencePolicy } from '@drydock/ingester';
import { chooseLane, needsDesign } from '@drydock/model';
import {
  type Database,
  findRetriedTask,
  insertTask,
  isStepOfTask,
  namesWithoutSteps,
  SecretBox,
  type ShownTask,
} from '@drydock/model/db';
import {
  type AcceptedRetry,
  type RetriedTasks,
  retryTask,
  type SubmittedTask,
  submitTask,
  type TaskBell,
  type TaskIntake,
} from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import { spanOfAcceptance, type Tracing } from '@drydock/telemetry';
import type { ApiParts } from './api-parts.js';
import type { ApiConfig } from './config.js';
import { sealDesignRef } from './seal-design-ref.js';
import { shownDesignRef } from './wire-format/shown-design-ref.js';

export interface AcceptanceParts {
  readonly db: Database;
  readonly bell: TaskBell;
  readonly config: Pick<ApiConfig, 'lanes' | 'laneRules' | 'secretKeyFile'>;
  readonly policy: ReferencePolicy;
  readonly tracing: Tracing;
  readonly log: Log;
}

/** How tasks and retries come in: with their lane, stored in the database, credentials sealed. */
export async function acceptTasks(parts: AcceptanceParts): Promise<Pick<ApiParts, 'submit' | 'retry'>> {
  const { db, bell, config, log } = parts;
  const table = { names: config.lanes, rules: config.laneRules };
  const ports = {
    bell,
    log,
    newId: randomUUID,
    newTraceId: () => randomBytes(16).toString('hex'),
    chooseLane: (task: Parameters<typeof chooseLane>[1]) =>
      chooseLane(table, { action: task.action, designRef: shownDesignRef(task.designRef) }),
  };
  const intake = await intakeOf(parts);
  const retries = { ...ports, intake: retryIntake(db), retried: retriedTasks(db) };
  return {
    submit: (request) => traced(parts.tracing, request.requester, () => submitTask({ ...ports, intake }, request)),
    retry: (request) => traced(parts.tracing, request.requester, () => retryTask(retries, request)),
  };
}

/** A new task's trace begins with the request that brought it. */
async function traced(
  tracing: Tracing,
  { requestId }: { readonly requestId: string },
  accept: () => Promise<SubmittedTask<ShownTask>>,
): Promise<SubmittedTask<ShownTask>> {
  const startMs = Date.now();
  const submitted = await accept();
  if (submitted.isNew) {
    tracing.record({ ...spanOfAcceptance(submitted.task, requestId, startMs), endMs: Date.now() });
  }
  return submitted;
}

/** A reference that can never work is refused at once; whether it works shows when the task begins. */
async function intakeOf({ db, config, policy }: AcceptanceParts): Promise<TaskIntake<ShownTask>> {
  const { secretKeyFile } = config;
  const secretBox = secretKeyFile === undefined ? null : new SecretBox(await readFile(secretKeyFile, 'utf8'));
  return {
    insert: async (task) => {
      if (needsDesign[task.action]) checkReference(task.designRef, policy);
      return await insertTask(db, { ...task, ...sealDesignRef(task.designRef, secretBox) });
    },
  };
}

/** Its reference was checked and sealed with the task that it retries. */
export function retryIntake(db: Database): TaskIntake<ShownTask, AcceptedRetry> {
  return { insert: (task) => insertTask(db, task) };
}

export function retriedTasks(db: Database): RetriedTasks {
  return {
    find: (taskId) => findRetriedTask(db, taskId),
    unknownNodes: (taskId, names) => namesWithoutSteps(db, taskId, names),
    hasStep: (taskId, stepId) => isStepOfTask(db, taskId, stepId),
  };
}
