import { type DrydockClient, isOver, type NewTask, type TaskDocument } from '@drydock/client';

/** Longest wait that the API allows in one request. */
const waitSeconds = 60;

/** Submits a task and waits for its end. Throws when it does not succeed: a failed run measures nothing. */
export async function finishTask(
  { client, signal }: { readonly client: DrydockClient; readonly signal: AbortSignal },
  wanted: NewTask,
): Promise<TaskDocument> {
  let task = await client.createTask(wanted);
  while (!isOver(task)) task = await client.getTask(task.task_id, { waitSeconds, signal });
  if (task.result.status === 'success') return task;
  const errors = task.result.details.messageList.flatMap(({ error, message }) => (error ? [message] : []));
  const failures = task.result.failures.slice(0, 5).join(', ');
  throw new Error(
    `${task.action} ended as ${task.result.status}${failures && ` for ${failures}`}: ${errors[0] ?? task.result.message}`,
  );
}
