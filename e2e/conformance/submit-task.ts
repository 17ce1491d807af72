import { randomUUID } from 'node:crypto';
import type { CompiledNode, Finding, NodeFilterSet, TaskAction } from '@drydock/model';
import { type OpenDatabase, storeSnapshot } from '@drydock/model/db';
import { compiledSite } from '@drydock/testkit';
import { sql } from 'drizzle-orm';

export interface Wanted {
  readonly action: TaskAction;
  readonly nodes: readonly CompiledNode[];
  readonly nodeFilter?: NodeFilterSet;
  readonly lane?: string;
  /** The design cannot be used for this reason. */
  readonly error?: Finding;
}

/** Stores a task as the API does, with its design already compiled. @returns its id */
export async function submitTask({ db }: OpenDatabase, wanted: Wanted): Promise<string> {
  const hash = randomUUID();
  const { action, nodes, nodeFilter = null, lane = 'default', error } = wanted;
  await storeSnapshot(db, {
    hash,
    format: 1,
    isValid: error === undefined,
    findings: error === undefined ? [] : [error],
    site: compiledSite(),
    nodes,
    secrets: [],
  });
  const id = randomUUID();
  await db.execute(sql`
    insert into task (id, action, design_ref, lane, status, created_by, request_context, snapshot_hash, node_filter)
    values (${id}, ${action}, 'file:///design.yaml', ${lane}, 'queued', 'test', '{}', ${hash},
      ${nodeFilter === null ? null : JSON.stringify(nodeFilter)}::jsonb)`);
  return id;
}
