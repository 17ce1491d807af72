import { sql, type SQL } from 'drizzle-orm';
import { stepMove, taskMove } from '../../guarded-move.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import type { TaskPlace } from './find-task-place.js';

export interface Hastened {
  /** The task has ended: nothing can come sooner. */
  readonly isOver: boolean;
  /** Steps that are due now and were not before. */
  readonly steps: number;
}

const { guard: isPending } = stepMove('admit', 's');
const { guard: isWaiting } = stepMove('due', 's');
const { guard: canEnd } = taskMove('terminate', 't');
const { guard: isBegun } = taskMove('finish', 't');

/**
 * Makes the steps of a task, a stage, or one step due at once that rest between two tries or attempts, or look again at
 * their machine by the clock. Who waits for something observed goes on waiting. Notify the schedulers afterwards.
 */
export async function hastenSteps(db: Database, place: TaskPlace): Promise<Hastened> {
  const [hastened] = await rows<Hastened>(
    db,
    sql`
    with resting as (
      select s.id from step s where s.task_id = ${place.taskId} and ${isIn(place)}
        and s.not_before > clock_timestamp() and (${isPending} or ${isWaiting})
      order by s.id for update
    ), due as (
      update step s set not_before = clock_timestamp(), moved = true, updated_at = clock_timestamp()
      from resting where s.id = resting.id returning s.id
    )
    select not (${canEnd} or ${isBegun}) as "isOver", (select count(*) from due)::int as steps
    from task t where t.id = ${place.taskId}`,
  );
  return hastened ?? { isOver: true, steps: 0 };
}

function isIn({ kind, id }: TaskPlace): SQL {
  if (kind === 'task') return sql`true`;
  return kind === 'stage' ? sql`s.stage_id = ${id}` : sql`s.id = ${id}`;
}
