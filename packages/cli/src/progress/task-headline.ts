import type { TaskDocument } from '@drydock/client';

/** What a task does and how it stands. */
export function taskHeadline({ action, status, paused, paused_by: by }: TaskDocument): string {
  if (paused === undefined) return `${action} ${status}`;
  return `${action} ${status}, paused${by === null || by === undefined ? '' : ` by ${by}`}`;
}
