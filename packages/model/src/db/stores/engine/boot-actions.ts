import { sql } from 'drizzle-orm';
import {
  bootActionSource,
  type BootActionStatus,
  type ReportedBootAction,
} from '../../../domain/boot-action-status.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { fenceLost, type StepLease } from './intents.js';

/** The boot actions of one deployment of a node, as they are when it begins. */
export interface NewBootActions {
  readonly nodeName: string;
  /** SHA-256 of the node's key. */
  readonly keyHash: Buffer;
  readonly keySealed: Buffer;
  /** In design order. */
  readonly actions: readonly ReportedBootAction[];
}

interface SealedKey {
  readonly sealed: Buffer | null;
}

const { guard: isOurs } = stepMove('end');

/**
 * Stores the boot actions of a deployment, once: whoever calls again for the same `deploy_node` step gets the key of the
 * first call.
 * @returns the sealed key; null when it was handed to the machine long ago and is forgotten
 * @throws DrydockError `fence_lost`
 */
export async function openBootActions(db: Database, lease: StepLease, fresh: NewBootActions): Promise<Buffer | null> {
  const { stepId, fence } = lease;
  const actions = fresh.actions.map((action, ordinal) => ({ ...action, ordinal }));
  const found = await rows<SealedKey>(
    db,
    sql`
    with known as (select identity_key_sealed from boot_action_context where step_id = ${stepId}),
    made as (
      insert into boot_action_context (step_id, task_id, node_name, identity_key_hash, identity_key_sealed)
      select id, task_id, ${fresh.nodeName}, ${fresh.keyHash}, ${fresh.keySealed} from step
      where id = ${stepId} and fence = ${fence} and ${isOurs} and not exists (select 1 from known)
      on conflict (step_id) do nothing returning step_id, identity_key_sealed
    ), listed as (
      insert into boot_action (action_id, step_id, name, ordinal, status)
      select a."actionId", made.step_id, a.name, a.ordinal, a.status
      from made, jsonb_to_recordset(${jsonb(actions)}) as a("actionId" text, name text, ordinal int, status text)
    )
    select identity_key_sealed as sealed from known union all select identity_key_sealed from made`,
  );
  // Nothing found: another call of the step, before or after us, was faster; or the lease is gone.
  const [key] =
    found.length > 0
      ? found
      : await rows<SealedKey>(
          db,
          sql`select identity_key_sealed as sealed from boot_action_context where step_id = ${stepId}`,
        );
  if (!key) throw fenceLost(lease);
  return key.sealed;
}

/** The deployment that a `bootaction_report` step waits for, in whatever task it was done. */
export interface DeploymentReports {
  /** Its `deploy_node` step; null: it has no boot actions. */
  readonly deploymentId: string | null;
  /** In design order. */
  readonly actions: readonly ReportedBootAction[];
}

/** What the boot actions have reported so far. The node's key is on the machine by now: it is forgotten here. */
export async function readReports(db: Database, reportStepId: string): Promise<DeploymentReports> {
  const found = await rows<ReportedBootAction & { readonly deploymentId: string }>(
    db,
    sql`
    with deployment as (
      select coalesce(d.inherited_from, d.id) as id from step r
      join step d on d.task_id = r.task_id and d.verb = 'deploy_node'
        and d.key in (select (n->>'step')::int from jsonb_array_elements(r.needs) n)
      where r.id = ${reportStepId}
    ), forgotten as (
      update boot_action_context c set identity_key_sealed = null from deployment
      where c.step_id = deployment.id and c.identity_key_sealed is not null
    )
    select b.step_id as "deploymentId", b.action_id as "actionId", b.name, b.status
    from deployment join boot_action b on b.step_id = deployment.id order by b.ordinal`,
  );
  return {
    deploymentId: found[0]?.deploymentId ?? null,
    actions: found.map(({ deploymentId: _deploymentId, ...action }) => action),
  };
}

/** How many boot actions of a deployment have reported, or never will. */
export interface ReportCount {
  /** The `deploy_node` step. */
  readonly deploymentId: string;
  readonly reported: number;
  readonly total: number;
}

export async function countReports(db: Database, deploymentIds: readonly string[]): Promise<readonly ReportCount[]> {
  return await rows<ReportCount>(
    db,
    sql`select step_id as "deploymentId", (count(*) filter (where status <> 'incomplete'))::int as reported, count(*)::int as total
      from boot_action where step_id = any(${sql.param([...deploymentIds])}::uuid[]) group by step_id`,
  );
}

/** The boot action that was reported. */
export interface BootActionReport {
  readonly actionId: string;
  readonly name: string;
  readonly nodeName: string;
  readonly taskId: string;
  /** The `deploy_node` step, to which details are attached. */
  readonly stepId: string;
}

const due = stepMove('due', 's');

/**
 * Takes the report of a boot action that nobody has reported yet, and wakes the step that waits for it: notify the
 * schedulers afterwards.
 * @returns null when there is no such boot action, or when it has been reported or never reports
 */
export async function reportBootAction(
  db: Database,
  actionId: string,
  status: Extract<BootActionStatus, 'success' | 'failure'>,
): Promise<BootActionReport | null> {
  const found = await rows<BootActionReport>(
    db,
    sql`
    with reported as (
      update boot_action set status = ${status}, reported_at = clock_timestamp()
      where action_id = ${actionId} and status = 'incomplete' returning action_id, name, step_id
    ), woken as (
      update step s set status = ${due.to}, moved = true, not_before = null, updated_at = clock_timestamp()
      from reported r
      where ${due.guard} and s.observe_source = ${bootActionSource} and s.observe_key = r.step_id::text
    )
    select r.action_id as "actionId", r.name, c.node_name as "nodeName", c.task_id as "taskId", c.step_id as "stepId"
    from reported r join boot_action_context c on c.step_id = r.step_id`,
  );
  return found[0] ?? null;
}
