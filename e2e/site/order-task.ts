import type { TaskDocument } from '@drydock/client';
import type { Site } from './run-site.js';

export interface OrderAnswer {
  readonly status: number;
  readonly task: TaskDocument;
}

/** Orders something of a task through the API. */
export async function orderTask(
  { drydock }: Site,
  taskId: string,
  order: 'terminate' | 'pause' | 'resume',
): Promise<OrderAnswer> {
  const response = await fetch(`${drydock.apiUrl}/api/v1.0/tasks/${taskId}/${order}`, { method: 'POST' });
  return { status: response.status, task: (await response.json()) as TaskDocument };
}
