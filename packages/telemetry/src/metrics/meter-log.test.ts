import { describe, expect, test } from '@jest/globals';
import type { LogFields, LogLike } from './log-like.js';
import { meterLog } from './meter-log.js';
import type { MetricProcess } from './metric-rows.js';
import { Metrics } from './metrics.js';

type Line = readonly [level: string, message: string, fields: LogFields | undefined];

/** A log that keeps its lines, with the fields of its children. */
function keepingLog(lines: Line[], inherited: LogFields = {}): LogLike {
  const write = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push([level, message, { ...inherited, ...fields }]);
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => keepingLog(lines, { ...inherited, ...fields }),
  };
}

/** What the events leave in the metrics, without buckets and zeroes. */
async function counted(process: MetricProcess, tell: (log: LogLike) => void): Promise<readonly string[]> {
  const metrics = new Metrics(process);
  tell(meterLog(keepingLog([]), metrics));
  const { text } = await metrics.expose();
  const ours = text.split('\n').filter((line) => line.startsWith('drydock_') && !line.includes('_bucket'));
  return ours.filter((line) => !line.endsWith(' 0'));
}

const endsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('drydock_steps_ended_total'));

describe('a metered log', () => {
  test('tells the log what it is told, by the same children', () => {
    const lines: Line[] = [];
    const log = meterLog(keepingLog(lines), new Metrics('worker'));
    log.child({ taskId: 't' }).warn('step lost', { verb: 'noop' });
    log.info('nothing that is counted');
    expect(lines).toEqual([
      ['warn', 'step lost', { taskId: 't', verb: 'noop' }],
      ['info', 'nothing that is counted', {}],
    ]);
  });

  test('counts with the facts of its children', async () => {
    const lines = await counted('worker', (log) => log.child({ verb: 'noop' }).warn('call failed'));
    expect(lines).toEqual(['drydock_calls_failed_total{verb="noop"} 1']);
  });
});

describe('a step', () => {
  test('that ended at a worker leaves its move, its end and both of its durations', async () => {
    const lines = await counted('worker', (log) =>
      log.info('step moved', {
        ...{ verb: 'deploy_node', move: 'end', end: 'failed', errorClass: 'timeout' },
        ...{ durationMs: 250, admittedForMs: 61_000 },
      }),
    );
    expect(lines).toEqual([
      'drydock_step_moves_total{verb="deploy_node",move="end"} 1',
      'drydock_steps_ended_total{verb="deploy_node",end="failed",error_class="timeout"} 1',
      'drydock_step_call_duration_seconds_sum{verb="deploy_node"} 0.25',
      'drydock_step_call_duration_seconds_count{verb="deploy_node"} 1',
      'drydock_step_duration_seconds_sum{verb="deploy_node"} 61',
      'drydock_step_duration_seconds_count{verb="deploy_node"} 1',
    ]);
  });

  test('that waits has a call and no end', async () => {
    const lines = await counted('worker', (log) =>
      log.info('step moved', { verb: 'noop', move: 'wait', durationMs: 1000, admittedForMs: 5000 }),
    );
    expect(lines).toEqual([
      'drydock_step_moves_total{verb="noop",move="wait"} 1',
      'drydock_step_call_duration_seconds_sum{verb="noop"} 1',
      'drydock_step_call_duration_seconds_count{verb="noop"} 1',
    ]);
  });

  test('that is claimed tells how long it was rung for, where that is known', async () => {
    const lines = await counted('worker', (log) => {
      log.debug('step moved', { verb: 'noop', move: 'claim', rungForMs: 8 });
      log.debug('step moved', { verb: 'noop', move: 'claim', rungForMs: null });
    });
    expect(lines).toContain('drydock_ring_lag_seconds_count 1');
  });

  test.each([
    ['skip', {}, 'end="skipped",error_class=""'],
    ['cancel', {}, 'end="cancelled",error_class=""'],
    ['overdue', {}, 'end="failed",error_class="timeout"'],
    ['end', { why: 'its worker was lost', errorClass: 'worker_died' }, 'end="failed",error_class="worker_died"'],
  ])('that a scheduler ends by %s has an end', async (move, facts, labels) => {
    const lines = await counted('scheduler', (log) => log.warn('step moved', { verb: 'noop', move, ...facts }));
    expect(endsOf(lines)).toEqual([`drydock_steps_ended_total{verb="noop",${labels}} 1`]);
  });

  test.each([
    ['lose', 1],
    ['end', 1],
  ])('that was lost is counted, also when it ended by that (%s)', async (move, count) => {
    const why = 'its worker was lost';
    const lines = await counted('scheduler', (log) => log.warn('step moved', { verb: 'noop', move, why }));
    expect(lines).toContain(`drydock_steps_lost_total{verb="noop"} ${count}`);
  });

  test('that was rung for late is counted by the status in which it was found', async () => {
    const lines = await counted('worker', (log) => {
      log.info('step not claimed', { status: 'ended' });
      log.info('step not claimed', { status: null });
    });
    expect(lines).toEqual([
      'drydock_claims_not_won_total{status="ended"} 1',
      'drydock_claims_not_won_total{status="gone"} 1',
    ]);
  });
});

describe('everything else', () => {
  test('a task is counted when it is accepted, terminated, started and ended', async () => {
    expect(await counted('api', (log) => log.info('task accepted', { action: 'noop', lane: 'a' }))).toEqual([
      'drydock_tasks_accepted_total{action="noop",lane="a"} 1',
    ]);
    expect(await counted('api', (log) => log.info('task moved', { move: 'terminate', status: 'terminated' }))).toEqual([
      'drydock_tasks_terminated_total{status="terminated"} 1',
    ]);
    const lines = await counted('scheduler', (log) => {
      log.info('task moved', { move: 'start', lane: 'a' });
      log.child({ lane: 'a' }).info('task moved', {
        ...{ move: 'finish', action: 'noop', status: 'complete', result: 'success', durationMs: 1500 },
      });
    });
    expect(lines).toEqual([
      'drydock_tasks_started_total{lane="a"} 1',
      'drydock_tasks_ended_total{action="noop",lane="a",status="complete",result="success"} 1',
      'drydock_task_duration_seconds_sum{action="noop"} 1.5',
      'drydock_task_duration_seconds_count{action="noop"} 1',
    ]);
  });

  test('a sweep that failed has run, too', async () => {
    const lines = await counted('scheduler', (log) => {
      log.debug('sweep done', { sweep: 'lanes', durationMs: 1 });
      log.warn('sweep failed', { sweep: 'lanes', durationMs: 3 });
    });
    expect(lines).toEqual([
      'drydock_sweep_runs_total{sweep="lanes"} 2',
      'drydock_sweep_failures_total{sweep="lanes"} 1',
      'drydock_sweep_duration_seconds_sum{sweep="lanes"} 0.004',
      'drydock_sweep_duration_seconds_count{sweep="lanes"} 2',
    ]);
  });

  test('a method that a client made up does not become a label', async () => {
    const lines = await counted('api', (log) =>
      log.info('request served', { method: 'BREW', route: '/versions', status: 405, durationMs: 2 }),
    );
    expect(lines[0]).toBe('drydock_http_requests_total{method="other",route="/versions",status="405"} 1');
  });

  test.each([
    ['cycle committed', { moves: 7, durationMs: 5 }, 'drydock_cycle_moves_sum 7'],
    ['steps rung again', { count: 3 }, 'drydock_steps_rung_again_total 3'],
    ['attempt added', { verb: 'noop' }, 'drydock_attempts_added_total{verb="noop"} 1'],
    ['group shut, an effect is unknown', {}, 'drydock_groups_shut_total 1'],
    ['run taken over', { lane: 'a' }, 'drydock_run_takeovers_total{lane="a"} 1'],
    ['run lost', { lane: 'a' }, 'drydock_runs_lost_total{lane="a"} 1'],
  ])('%s is counted', async (message, fields, line) => {
    expect(await counted('scheduler', (log) => log.info(message, fields))).toContain(line);
  });

  test.each([
    ['step lost', { verb: 'noop' }, 'drydock_claims_lost_total{verb="noop"} 1'],
    ['heartbeat failed', {}, 'drydock_heartbeat_failures_total 1'],
    ['consumer made anew', {}, 'drydock_consumers_remade_total 1'],
  ])('%s is counted at a worker', async (message, fields, line) => {
    expect(await counted('worker', (log) => log.warn(message, fields))).toContain(line);
  });
});
