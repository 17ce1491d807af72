import { answerText } from './answer-meaning.js';
import type { RedfishSession } from './redfish-session.js';

export type TaskState = { readonly kind: 'running' | 'ended' } | { readonly kind: 'failed'; readonly reason: string };

const failedStates = new Set(['Exception', 'Killed', 'Cancelled']);
const endedStates = new Set(['Completed']);

/** Looks once at a task that a 202 named. A monitor that has vanished has ended: what it did is read elsewhere. */
export async function readTask(session: RedfishSession, link: string): Promise<TaskState> {
  const answer = await session.send({ method: 'GET', link });
  const state = (answer.body as { TaskState?: unknown } | null)?.TaskState;
  if (typeof state === 'string' && failedStates.has(state)) return { kind: 'failed', reason: `its task is ${state}` };
  if (answer.status === 404 || answer.status === 410 || (typeof state === 'string' && endedStates.has(state))) {
    return { kind: 'ended' };
  }
  if (answer.status === 202 || answer.status >= 500 || answer.status === 401) return { kind: 'running' };
  if (answer.status >= 400) return { kind: 'failed', reason: `its task answered ${answerText(answer)}` };
  return typeof state === 'string' ? { kind: 'running' } : { kind: 'ended' };
}
