import { sql } from 'drizzle-orm';
import type { PlaceHolder } from '../../../../domain/why/blocker.js';
import type { IdleStep, LastFailure, NeededStep } from '../../../../domain/why/explain-step.js';
import type { Transaction } from '../../../open-database.js';
import { rows } from '../../../rows.js';
import { milliseconds } from './milliseconds.js';

/** What stands around some steps of a task, beside their groups. */
export interface Surroundings {
  readonly needed: ReadonlyMap<number, NeededStep>;
  /** By node name. */
  readonly lastFailures: ReadonlyMap<string, LastFailure>;
  readonly ownPlaces: ReadonlyMap<string, ReadonlySet<string>>;
  readonly ownNodes: ReadonlySet<string>;
}

/** In three statements, however many steps there are. */
export async function readSurroundings(
  tx: Transaction,
  taskId: string,
  steps: readonly IdleStep[],
): Promise<Surroundings> {
  const nodeNames = [...new Set(steps.flatMap(({ nodeName }) => nodeName ?? []))];
  const needed = await readNeeded(tx, taskId, [...new Set(steps.flatMap(({ needs }) => needs.map((one) => one.step)))]);
  const lastFailures = await readLastFailures(tx, taskId, nodeNames);
  const stepIds = steps.map(({ id }) => id);
  return { needed, lastFailures, ...(await readOwnPlaces(tx, taskId, { stepIds, nodeNames })) };
}

async function readNeeded(tx: Transaction, taskId: string, keys: readonly number[]): Promise<Surroundings['needed']> {
  const found = await rows<NeededStep>(
    tx,
    sql`select id, key, verb, node_name as "nodeName", status, "end", ${milliseconds('ended_at')} as "endedAt"
      from step where task_id = ${taskId} and key = any(${sql.param([...keys])}::int[])`,
  );
  return new Map(found.map((step) => [step.key, step]));
}

async function readLastFailures(
  tx: Transaction,
  taskId: string,
  nodeNames: readonly string[],
): Promise<Surroundings['lastFailures']> {
  const found = await rows<LastFailure & { nodeName: string }>(
    tx,
    sql`select distinct on (node_name) node_name as "nodeName", error_class as "errorClass", reason as error
      from step where task_id = ${taskId} and "end" = 'failed' and node_name = any(${sql.param([...nodeNames])}::text[])
      order by node_name, key desc`,
  );
  return new Map(found.map(({ nodeName, ...failure }) => [nodeName, failure]));
}

interface Owners {
  readonly stepIds: readonly string[];
  readonly nodeNames: readonly string[];
}

async function readOwnPlaces(
  tx: Transaction,
  taskId: string,
  { stepIds, nodeNames }: Owners,
): Promise<Pick<Surroundings, 'ownPlaces' | 'ownNodes'>> {
  const found = await rows<{ key: string; stepId: string | null; nodeName: string | null }>(
    tx,
    sql`select group_key as key, step_id as "stepId", node_name as "nodeName" from place
      where task_id = ${taskId} and (step_id = any(${sql.param([...stepIds])}::uuid[])
        or scope = 'task' and node_name = any(${sql.param([...nodeNames])}::text[]))`,
  );
  const ownPlaces = new Map<string, Set<string>>();
  for (const { key, stepId } of found) {
    if (stepId !== null) ownPlaces.set(stepId, (ownPlaces.get(stepId) ?? new Set()).add(key));
  }
  return { ownPlaces, ownNodes: new Set(found.flatMap(({ stepId, nodeName }) => (stepId ? [] : (nodeName ?? [])))) };
}

/** Shown of a group; its row says how many there are. */
const shownHolders = 8;

/** Who has been in these groups longest, by group. */
export async function readHolders(
  tx: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly PlaceHolder[]>> {
  const found = await rows<PlaceHolder & { key: string }>(
    tx,
    sql`
    select p.group_key as key, p.task_id as "taskId", p.step_id as "stepId", s.verb,
      coalesce(s.node_name, p.node_name) as "nodeName", ${milliseconds('p.since')} as since
    from unnest(${sql.param([...keys])}::text[]) as wanted(key)
      cross join lateral (
        select * from place where group_key = wanted.key order by id limit ${shownHolders}
      ) p
      left join step s on s.id = p.step_id
    order by p.id`,
  );
  const holders = new Map<string, PlaceHolder[]>();
  for (const { key, ...holder } of found) {
    const known = holders.get(key);
    if (known) known.push(holder);
    else holders.set(key, [holder]);
  }
  return holders;
}
