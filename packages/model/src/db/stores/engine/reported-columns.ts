import { sql, type SQL } from 'drizzle-orm';
import type { StepEvent } from '../../../domain/step-moves.js';
import { stepMove } from '../../guarded-move.js';
import type { StepMove } from './step-move.js';

// In the statement the step's row is `s`, the report `w`.

type Kind = StepMove['kind'];

const events = {
  giveBack: 'lose',
  end: 'end',
  wait: 'wait',
  retry: 'retry',
  leave: 'retry',
} as const satisfies Record<Kind, StepEvent>;

const kinds = Object.keys(events) as readonly Kind[];

const now = 'clock_timestamp()';
const later = `${now} + make_interval(secs => w."afterSeconds")`;
const observesNothing = { end: 'null', retry: 'null', leave: 'null' } as const;

/** What each kind of move writes into a column, besides the status. A kind that is not there leaves it as it is. */
const columns: Readonly<Record<string, Partial<Record<Kind, string>>>> = {
  rang_at: { giveBack: `'-infinity'` },
  '"end"': { end: 'w."end"' },
  error_class: { end: 'w."errorClass"', wait: 'null', retry: 'w."errorClass"' },
  reason: { end: 'w.reason', wait: 'null', retry: 'w.reason', leave: 'w.reason' },
  tries_total: { retry: 's.tries_total + 1' },
  tries: { end: '0', wait: '0', retry: 's.tries + 1', leave: 'greatest(s.tries, 1)' },
  focus: { end: 'w.focus' },
  ended_at: { end: now },
  deadline_at: { leave: 'null' },
  not_before: {
    end: 'null',
    wait: later,
    // The last call comes at the deadline, however late a call before it was reported; after it there is no other one.
    retry: `case when s.claimed_at < s.deadline_at then least(${later}, s.deadline_at) else ${later} end`,
    leave: later,
  },
  last_state: { wait: 'coalesce(w.state, s.last_state)' },
  // A state that is seen again keeps the time at which it was first seen.
  last_state_since: {
    wait: `case when coalesce(w.state, s.last_state) is distinct from s.last_state then ${now} else s.last_state_since end`,
  },
  observe_source: { ...observesNothing, wait: `w.observe->>'source'` },
  observe_key: { ...observesNothing, wait: `w.observe->>'key'` },
  observe_seen: { ...observesNothing, wait: `w.observe->>'seen'` },
};

/** True for steps that the report may move. */
export const reportedGuard: SQL = sql`case w.kind ${each((kind) => stepMove(events[kind], 's').guard)} end`;

/** The status that it moves them to. */
export const reportedStatus: SQL = sql`case w.kind ${each((kind) => stepMove(events[kind], 's').to)} end`;

/** Assignments of all other columns. */
export const reportedColumns: SQL = sql.raw(
  Object.entries(columns)
    .map(([column, byKind]) => `${column} = case w.kind ${whens(byKind)} else s.${column} end`)
    .join(', '),
);

function each(value: (kind: Kind) => SQL): SQL {
  return sql.join(
    kinds.map((kind) => sql`when ${sql.raw(`'${kind}'`)} then ${value(kind)}`),
    sql` `,
  );
}

function whens(byKind: Partial<Record<Kind, string>>): string {
  return Object.entries(byKind)
    .map(([kind, value]) => `when '${kind}' then ${value}`)
    .join(' ');
}
