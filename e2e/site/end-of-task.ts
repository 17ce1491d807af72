import { isOver, type TaskDocument, waitForTask } from '@drydock/client';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import type { Site } from './run-site.js';

/** The task as the API shows it when it is over; fails with where it stands when that takes too long. */
export async function endOfTask(site: Site, taskId: string, timeoutSeconds = 60): Promise<TaskDocument> {
  const end = await waitForTask(site.client, taskId, { pollSeconds: 0.1, timeoutSeconds });
  if (end.kind === 'ended' && isOver(end.task)) return end.task;
  const stand = (await openSteps(site, taskId)).join('\n  ');
  throw new Error(
    `${end.task?.action} ${taskId} is ${end.task?.status}, and has not ended within ${timeoutSeconds} s; open:\n  ${stand}`,
  );
}

/** Texts of the errors that the task tells of. */
export function errorsOf(task: TaskDocument): readonly string[] {
  return task.result.details.messageList.filter(({ error }) => error).map(({ message }) => message);
}

async function openSteps({ database }: Site, taskId: string): Promise<readonly string[]> {
  const found = await rows<{ step: object }>(
    database.db,
    sql`select to_jsonb(step) - 'needs' as step from step
      where task_id = ${taskId} and status in ('admitted', 'running', 'waiting')
        or task_id = ${taskId} and status = 'pending' and ready_since is not null`,
  );
  return found.map(({ step }) => JSON.stringify(step));
}
