/** The processes that have a metric. */
export type MetricProcess = 'api' | 'scheduler' | 'worker';

export interface MetricRow {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** As Prometheus shows it, and docs/metrics.md. */
  readonly help: string;
  /** Their values come from closed lists or from the configuration: never a node, a task or a key. */
  readonly labels: readonly string[];
  readonly processes: readonly MetricProcess[];
  /** Upper bounds of a histogram, in its unit. */
  readonly buckets?: readonly number[];
}

const every = ['api', 'scheduler', 'worker'] as const;
const scheduler = ['scheduler'] as const;
const worker = ['worker'] as const;
const engine = ['scheduler', 'worker'] as const;

/** Milliseconds to half a minute. */
const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** A call ends within five minutes. */
const calls = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** A deployment may take an hour and more. */
const work = [0.1, 0.5, 1, 5, 15, 60, 180, 300, 600, 1200, 1800, 2700, 3600, 7200];

/** Every metric of ours: THE table. Beside them each process has prom-client's default ones (`process_…`, `nodejs_…`). */
export const metricRows = {
  drydock_tasks_accepted_total: {
    kind: 'counter',
    help: 'Tasks that were accepted, retries among them.',
    labels: ['action', 'lane'],
    processes: ['api'],
  },
  drydock_tasks_terminated_total: {
    kind: 'counter',
    help: 'Tasks that somebody terminated, by what they then were: terminated had not begun, terminating had.',
    labels: ['status'],
    processes: ['api'],
  },
  drydock_http_requests_total: {
    kind: 'counter',
    help: 'Requests that were answered, by route of the table of routes.',
    labels: ['method', 'route', 'status'],
    processes: ['api'],
  },
  drydock_http_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time from a request to the end of its answer; long polls wait on purpose.',
    labels: ['method', 'route'],
    processes: ['api'],
    buckets: quick,
  },
  drydock_tasks_started_total: {
    kind: 'counter',
    help: 'Queued tasks that were begun.',
    labels: ['lane'],
    processes: scheduler,
  },
  drydock_tasks_ended_total: {
    kind: 'counter',
    help: 'Tasks that a scheduler ended, by status and result.',
    labels: ['action', 'lane', 'status', 'result'],
    processes: scheduler,
  },
  drydock_task_duration_seconds: {
    kind: 'histogram',
    help: 'Time from the start of a task to its end.',
    labels: ['action'],
    processes: scheduler,
    buckets: work,
  },
  drydock_tasks: {
    kind: 'gauge',
    help: 'Tasks that have not ended, by lane and status. From the database: the same in every scheduler.',
    labels: ['lane', 'status'],
    processes: scheduler,
  },
  drydock_run_takeovers_total: {
    kind: 'counter',
    help: 'Runs that were taken over from a scheduler that had gone.',
    labels: ['lane'],
    processes: scheduler,
  },
  drydock_runs_lost_total: {
    kind: 'counter',
    help: 'Runs that another scheduler took over from this one.',
    labels: ['lane'],
    processes: scheduler,
  },
  drydock_cycle_duration_seconds: {
    kind: 'histogram',
    help: 'Time of one cycle of a run: take moves, advance, admit, commit.',
    labels: [],
    processes: scheduler,
    buckets: quick,
  },
  drydock_cycle_moves: {
    kind: 'histogram',
    help: 'Moves of steps that one cycle took.',
    labels: [],
    processes: scheduler,
    buckets: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  },
  drydock_sweep_runs_total: {
    kind: 'counter',
    help: 'Runs of a sweep, failed ones too.',
    labels: ['sweep'],
    processes: scheduler,
  },
  drydock_sweep_failures_total: {
    kind: 'counter',
    help: 'Runs of a sweep that failed; it is tried again at its next turn.',
    labels: ['sweep'],
    processes: scheduler,
  },
  drydock_sweep_duration_seconds: {
    kind: 'histogram',
    help: 'Time of one run of a sweep.',
    labels: ['sweep'],
    processes: scheduler,
    buckets: quick,
  },
  drydock_steps_rung_again_total: {
    kind: 'counter',
    help: 'Admitted steps that a sweep rang for again, because nobody had claimed them.',
    labels: [],
    processes: scheduler,
  },
  drydock_steps_lost_total: {
    kind: 'counter',
    help: 'Steps that were taken from a worker that had gone, or that gave them up.',
    labels: ['verb'],
    processes: engine,
  },
  drydock_step_moves_total: {
    kind: 'counter',
    help: 'Moves of steps, each counted by the process that made it.',
    labels: ['verb', 'move'],
    processes: engine,
  },
  drydock_steps_ended_total: {
    kind: 'counter',
    help: 'Steps that ended, by how; error_class is empty unless they failed.',
    labels: ['verb', 'end', 'error_class'],
    processes: engine,
  },
  drydock_attempts_added_total: {
    kind: 'counter',
    help: 'New attempts after a failure, by the verb with which they begin.',
    labels: ['verb'],
    processes: scheduler,
  },
  drydock_steps_waiting: {
    kind: 'gauge',
    help: 'Steps that are not with a worker, by what they wait for; of the runs that this scheduler drives.',
    labels: ['reason', 'group'],
    processes: scheduler,
  },
  drydock_steps_in_flight: {
    kind: 'gauge',
    help: 'Steps that were rung for and not claimed (admitted), and that a worker executes (running). From the database.',
    labels: ['status'],
    processes: scheduler,
  },
  drydock_steps_observed: {
    kind: 'gauge',
    help: 'Waiting steps that an observer wakes, by what it observes. From the database.',
    labels: ['source'],
    processes: scheduler,
  },
  drydock_group_places: {
    kind: 'gauge',
    help: 'Places held in concurrency groups, by kind of group. From the database.',
    labels: ['kind'],
    processes: scheduler,
  },
  drydock_group_limit: {
    kind: 'gauge',
    help: 'Places that there are in all groups of a kind that are known now; site has no limit. From the database.',
    labels: ['kind'],
    processes: scheduler,
  },
  drydock_groups_shut: {
    kind: 'gauge',
    help: 'Groups that are shut, because the effect on their machine is unknown. From the database.',
    labels: ['kind'],
    processes: scheduler,
  },
  drydock_groups_shut_total: {
    kind: 'counter',
    help: 'Times that a step ended with an effect that nobody knows and shut a group of its machine.',
    labels: [],
    processes: scheduler,
  },
  drydock_intents_open: {
    kind: 'gauge',
    help: 'Effects on machines that were announced and not settled. From the database.',
    labels: [],
    processes: scheduler,
  },
  drydock_processes: {
    kind: 'gauge',
    help: 'Schedulers and workers whose lease is valid. From the database.',
    labels: ['process'],
    processes: scheduler,
  },
  drydock_worker_slots: {
    kind: 'gauge',
    help: 'Steps that all living workers together can execute at a time. From the database.',
    labels: [],
    processes: scheduler,
  },
  drydock_queue_jobs: {
    kind: 'gauge',
    help: 'Jobs in a queue of BullMQ, by state. A job is only a bell.',
    labels: ['queue', 'state'],
    processes: scheduler,
  },
  drydock_step_call_duration_seconds: {
    kind: 'histogram',
    help: 'Time of one call of a step: from the claim until its answer is stored.',
    labels: ['verb'],
    processes: worker,
    buckets: calls,
  },
  drydock_step_duration_seconds: {
    kind: 'histogram',
    help: 'Time from the first admission of a step to its end, waiting and retries within.',
    labels: ['verb'],
    processes: worker,
    buckets: work,
  },
  drydock_ring_lag_seconds: {
    kind: 'histogram',
    help: 'Time from the ring for a step to its claim.',
    labels: [],
    processes: worker,
    buckets: quick,
  },
  drydock_claims_not_won_total: {
    kind: 'counter',
    help: 'Jobs whose step could not be claimed, by the status in which it was found.',
    labels: ['status'],
    processes: worker,
  },
  drydock_calls_failed_total: {
    kind: 'counter',
    help: 'Calls that could not find out and are tried again, or end the step.',
    labels: ['verb'],
    processes: worker,
  },
  drydock_claims_lost_total: {
    kind: 'counter',
    help: 'Calls whose answer was refused, because the step was no longer theirs.',
    labels: ['verb'],
    processes: worker,
  },
  drydock_heartbeat_failures_total: {
    kind: 'counter',
    help: 'Heartbeats of this worker that failed.',
    labels: [],
    processes: worker,
  },
  drydock_consumers_remade_total: {
    kind: 'counter',
    help: 'Times that the consumer of the step queue was made anew, because it had gone deaf.',
    labels: [],
    processes: worker,
  },
  drydock_slots: {
    kind: 'gauge',
    help: 'Steps that this worker can execute at a time (limit), and that it executes (used).',
    labels: ['state'],
    processes: worker,
  },
  drydock_database_connections: {
    kind: 'gauge',
    help: 'Connections of this process to the database: in all (total), not in use (idle).',
    labels: ['state'],
    processes: every,
  },
  drydock_database_waiting: {
    kind: 'gauge',
    help: 'Statements that wait for a connection.',
    labels: [],
    processes: every,
  },
  drydock_reading_failures_total: {
    kind: 'counter',
    help: 'Gauges that could not be read for a scrape, which then lacks them.',
    labels: ['reading'],
    processes: every,
  },
} as const satisfies Record<string, MetricRow>;

type Rows = typeof metricRows;
type NamesOf<Kind> = { [Name in keyof Rows]: Rows[Name]['kind'] extends Kind ? Name : never }[keyof Rows];

export type CounterName = NamesOf<'counter'>;
export type GaugeName = NamesOf<'gauge'>;
export type HistogramName = NamesOf<'histogram'>;
export type MetricName = keyof Rows;
export type LabelsOf<Name extends MetricName> = Readonly<Record<Rows[Name]['labels'][number], string>>;
