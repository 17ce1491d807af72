import { sql } from 'drizzle-orm';
import { stepsGroupKey } from '../../../domain/groups/group-needs.js';
import { stepMove, taskMove } from '../../guarded-move.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { isBegun } from '../engine/run-conditions.js';

/** One number about how everything stands. */
export interface StandRow {
  /** What is counted: `what` decides what `first` and `second` mean. */
  readonly what: StandCount;
  readonly first: string;
  readonly second: string;
  readonly value: number;
}

/**
 * tasks: by lane and status, of those that have not ended. steps: by status, of those that a worker has or should take.
 * observed: waiting steps by source. places, limit, shut: of groups by kind. intents: open ones. processes: by kind of
 * process, alive. slots: of living workers.
 */
export type StandCount =
  'tasks' | 'steps' | 'observed' | 'places' | 'limit' | 'shut' | 'intents' | 'processes' | 'slots';

/** `bmc:10.0.0.1:623` is of the kind bmc. Keys hold nodes and addresses: too many to be labels. */
const kindOf = (column: string) => sql.raw(`split_part(${column}, ':', 1)`);
const { guard: isQueued } = taskMove('start', 't');
const { guard: isAdmitted } = stepMove('claim', 's');
const { guard: isRunning } = stepMove('end', 's');
const { guard: isWaiting } = stepMove('due', 's');

/**
 * How everything stands at this moment, in one statement. Its cost grows with what is in flight, by partial indexes, and
 * not with what there ever was: 10,000 nodes in one task cost some tens of milliseconds.
 */
export async function readStand(db: Database, stepsPerSlot: number): Promise<readonly StandRow[]> {
  return await rows<StandRow>(
    db,
    sql`
    select 'tasks' as what, t.lane as first, t.status as second, count(*)::float8 as value
      from task t where ${isQueued} group by t.lane, t.status
    union all select 'tasks', t.lane, t.status, count(*) from task t where ${isBegun} group by t.lane, t.status
    union all select 'steps', 'admitted', '', count(*) from step s where ${isAdmitted}
    union all select 'steps', 'running', '', count(*) from step s where ${isRunning}
    union all select 'observed', s.observe_source, '', count(*) from step s
      where ${isWaiting} and s.observe_source is not null group by s.observe_source
    union all select 'places', ${kindOf('p.group_key')}, '', count(*) from place p group by 2
    union all select 'limit', ${kindOf('g.key')}, '', sum(case when g.key = ${stepsGroupKey} then (
        select coalesce(sum(h.slots), 0) * ${stepsPerSlot}::int from holder h
        where h.process = 'worker' and not h.is_draining and h.expires_at > clock_timestamp()
      ) else g."limit" end) from concurrency_group g where g.key not like 'site:%' group by 2
    union all select 'shut', ${kindOf('g.key')}, '', count(*) from concurrency_group g
      where g.closed_until > clock_timestamp() group by 2
    union all select 'intents', '', '', count(*) from intent i where i.settled_at is null
    union all select 'processes', h.process, '', count(*) from holder h
      where h.expires_at > clock_timestamp() group by h.process
    union all select 'slots', '', '', coalesce(sum(h.slots), 0) from holder h
      where h.process = 'worker' and h.expires_at > clock_timestamp()`,
  );
}
