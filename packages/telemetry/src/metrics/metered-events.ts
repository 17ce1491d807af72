import type { LogFields } from './log-like.js';
import type { Metrics } from './metrics.js';

type Meter = (fields: LogFields, metrics: Metrics) => void;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const seconds = (milliseconds: unknown): number | null =>
  typeof milliseconds === 'number' && milliseconds >= 0 ? milliseconds / 1000 : null;

/**
 * The events of the log that are counted, by their constant message. Every move is logged once, by the process that made
 * it and after its commit; what is counted here is therefore what happened, and the log can be asked for each of it.
 */
export const meteredEvents = {
  'task accepted': ({ action, lane }, metrics) => {
    metrics.count('drydock_tasks_accepted_total', { action: text(action), lane: text(lane) });
  },
  'request served': ({ method, route, status, durationMs }, metrics) => {
    const labels = { method: methodOf(method), route: text(route) };
    metrics.count('drydock_http_requests_total', { ...labels, status: text(status) });
    const took = seconds(durationMs);
    if (took !== null) metrics.observe('drydock_http_request_duration_seconds', labels, took);
  },
  'task moved': ({ move, lane, action, status, result, durationMs }, metrics) => {
    if (move === 'terminate') metrics.count('drydock_tasks_terminated_total', { status: text(status) });
    if (move === 'start') metrics.count('drydock_tasks_started_total', { lane: text(lane) });
    if (move !== 'finish') return;
    const labels = { action: text(action), lane: text(lane), status: text(status), result: text(result) };
    metrics.count('drydock_tasks_ended_total', labels);
    const took = seconds(durationMs);
    if (took !== null) metrics.observe('drydock_task_duration_seconds', { action: labels.action }, took);
  },
  'run taken over': ({ lane }, metrics) => metrics.count('drydock_run_takeovers_total', { lane: text(lane) }),
  'run lost': ({ lane }, metrics) => metrics.count('drydock_runs_lost_total', { lane: text(lane) }),
  'cycle committed': ({ moves, durationMs }, metrics) => {
    const took = seconds(durationMs);
    if (took !== null) metrics.observe('drydock_cycle_duration_seconds', {}, took);
    if (typeof moves === 'number') metrics.observe('drydock_cycle_moves', {}, moves);
  },
  'sweep done': meterSweep,
  'sweep failed': (fields, metrics) => {
    meterSweep(fields, metrics);
    metrics.count('drydock_sweep_failures_total', { sweep: text(fields['sweep']) });
  },
  'steps rung again': ({ count }, metrics) => {
    if (typeof count === 'number') metrics.count('drydock_steps_rung_again_total', {}, count);
  },
  'attempt added': ({ verb }, metrics) => metrics.count('drydock_attempts_added_total', { verb: text(verb) }),
  'group shut, an effect is unknown': (_fields, metrics) => metrics.count('drydock_groups_shut_total', {}),
  'step moved': meterStep,
  'step not claimed': ({ status }, metrics) =>
    metrics.count('drydock_claims_not_won_total', { status: text(status) || 'gone' }),
  'call failed': ({ verb }, metrics) => metrics.count('drydock_calls_failed_total', { verb: text(verb) }),
  'step lost': ({ verb }, metrics) => metrics.count('drydock_claims_lost_total', { verb: text(verb) }),
  'heartbeat failed': (_fields, metrics) => metrics.count('drydock_heartbeat_failures_total', {}),
  'consumer made anew': (_fields, metrics) => metrics.count('drydock_consumers_remade_total', {}),
} as const satisfies Record<string, Meter>;

/** How a step ended by a move that says no more than itself. */
const endByMove: Readonly<Record<string, string>> = { skip: 'skipped', cancel: 'cancelled', overdue: 'failed' };
const classByMove: Readonly<Record<string, string>> = { overdue: 'timeout' };

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A client chooses the word: only those that are known become a label. */
function methodOf(method: unknown): string {
  return typeof method === 'string' && methods.has(method) ? method : 'other';
}

function meterSweep({ sweep, durationMs }: LogFields, metrics: Metrics): void {
  metrics.count('drydock_sweep_runs_total', { sweep: text(sweep) });
  const took = seconds(durationMs);
  if (took !== null) metrics.observe('drydock_sweep_duration_seconds', { sweep: text(sweep) }, took);
}

/** `durationMs` is the call's, `rungForMs` the age of the ring at the claim, `admittedForMs` the age of the step at its end. */
function meterStep(fields: LogFields, metrics: Metrics): void {
  const verb = text(fields['verb']);
  const move = text(fields['move']);
  metrics.count('drydock_step_moves_total', { verb, move });
  const wasLost = move === 'lose' || (move === 'end' && fields['why'] === 'its worker was lost');
  if (wasLost) metrics.count('drydock_steps_lost_total', { verb });
  const lag = seconds(fields['rungForMs']);
  if (move === 'claim' && lag !== null) metrics.observe('drydock_ring_lag_seconds', {}, lag);
  const call = seconds(fields['durationMs']);
  if (call !== null) metrics.observe('drydock_step_call_duration_seconds', { verb }, call);
  meterEnd(fields, { verb, move }, metrics);
}

function meterEnd(
  fields: LogFields,
  { verb, move }: { readonly verb: string; readonly move: string },
  metrics: Metrics,
): void {
  const end = move === 'end' ? text(fields['end']) || 'failed' : endByMove[move];
  if (end === undefined) return;
  const error_class = text(fields['errorClass']) || (classByMove[move] ?? '');
  metrics.count('drydock_steps_ended_total', { verb, end, error_class });
  const age = seconds(fields['admittedForMs']);
  if (age !== null) metrics.observe('drydock_step_duration_seconds', { verb }, age);
}
