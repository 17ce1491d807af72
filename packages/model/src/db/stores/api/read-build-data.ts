import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { buildData } from '../../tables/index.js';
import { buildDataColumns, type ShownBuildDatum } from './shown-rows.js';

/** What the machines of these steps said, oldest first. */
export async function readStepBuildData(db: Database, stepIds: readonly string[]): Promise<readonly ShownBuildDatum[]> {
  return db
    .select(buildDataColumns)
    .from(buildData)
    .where(sql`${buildData.stepId} = any(${sql.param([...stepIds])}::uuid[])`)
    .orderBy(asc(buildData.collectedAt), asc(buildData.id));
}

/** Everything that a machine ever said, oldest first; or only the newest of each generator. */
export async function readNodeBuildData(
  db: Database,
  nodeName: string,
  isLatestOnly: boolean,
): Promise<readonly ShownBuildDatum[]> {
  if (!isLatestOnly) {
    return db
      .select(buildDataColumns)
      .from(buildData)
      .where(eq(buildData.nodeName, nodeName))
      .orderBy(asc(buildData.collectedAt), asc(buildData.id));
  }
  return db
    .selectDistinctOn([buildData.generator], buildDataColumns)
    .from(buildData)
    .where(eq(buildData.nodeName, nodeName))
    .orderBy(asc(buildData.generator), desc(buildData.collectedAt), desc(buildData.id));
}
