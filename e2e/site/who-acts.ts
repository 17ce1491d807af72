import type { Verb } from '@drydock/model';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import type { Site } from './run-site.js';

/** Process ids of the workers that are inside a call for the task, the busiest first. */
export async function actingWorkers({ database }: Site, taskId: string): Promise<readonly number[]> {
  const found = await rows<{ pid: number }>(
    database.db,
    sql`select holder.pid from step join holder on holder.id = step.holder_id
      where step.task_id = ${taskId} and step.status = 'running'
      group by holder.pid order by count(*) desc, holder.pid`,
  );
  return found.map(({ pid }) => pid);
}

/** The worker that has announced the verb's effect on the node and not yet said what became of it. */
export async function announcingWorker(
  { database }: Site,
  step: { readonly taskId: string; readonly node: string; readonly verb: Verb },
): Promise<number | null> {
  const [found] = await rows<{ pid: number }>(
    database.db,
    sql`select holder.pid from intent join step on step.id = intent.step_id join holder on holder.id = step.holder_id
      where step.task_id = ${step.taskId} and step.node_name = ${step.node} and step.verb = ${step.verb}
        and intent.settled_at is null and step.status = 'running'`,
  );
  return found?.pid ?? null;
}

/** Ids of the effects that were announced and of which nothing more is known. */
export async function openEffectIds({ database }: Site): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(
    database.db,
    sql`select effect ->> 'id' as id from intent where settled_at is null`,
  );
  return found.map(({ id }) => id);
}

/** The scheduler that drives the task. */
export async function drivingScheduler({ database }: Site, taskId: string): Promise<number | null> {
  const [found] = await rows<{ pid: number }>(
    database.db,
    sql`select holder.pid from run join holder on holder.id = run.holder_id where run.task_id = ${taskId}`,
  );
  return found?.pid ?? null;
}

/** Whether others believe that the process is dead: its lease is over, and it has none of its steps any more. */
export async function isGivenUp({ database }: Site, pid: number): Promise<boolean> {
  const found = await rows(
    database.db,
    sql`select 1 from holder left join step on step.holder_id = holder.id and step.status = 'running'
      where holder.pid = ${pid} and (step.id is not null or holder.expires_at > clock_timestamp())`,
  );
  return found.length === 0;
}
