import { describe, expect, test } from '@jest/globals';
import { metricRows } from './metric-rows.js';
import { Metrics, sample } from './metrics.js';

/** Lines of the exposition that are values of the metric. */
async function valuesOf(metrics: Metrics, name: string): Promise<readonly string[]> {
  const { text } = await metrics.expose();
  return text.split('\n').filter((line) => line.startsWith(name));
}

const rows = Object.entries(metricRows);

describe('the table of metrics', () => {
  test.each(rows)('%s is named as Prometheus wants it', (name, { kind }) => {
    expect(name).toMatch(/^drydock_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(kind === 'counter');
    if (kind === 'histogram') expect(name).toMatch(/_seconds$|_moves$/);
  });

  test.each(rows)('%s says what it is in a sentence', (_name, { help }) => {
    expect(help).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the metrics of a process', () => {
  test('are those of the table that it has, and the default ones', async () => {
    const metrics = new Metrics('worker');
    const expected = rows.filter(([, { processes }]) => (processes as readonly string[]).includes('worker'));
    expect([...metrics.names].sort()).toEqual(expected.map(([name]) => name).sort());
    expect(await valuesOf(metrics, 'nodejs_eventloop_lag_seconds')).toHaveLength(1);
  });

  test('count, and leave alone what another process has', async () => {
    const metrics = new Metrics('worker');
    metrics.count('drydock_claims_not_won_total', { status: 'ended' });
    metrics.count('drydock_claims_not_won_total', { status: 'ended' }, 2);
    metrics.count('drydock_tasks_started_total', { lane: 'default' });
    expect(await valuesOf(metrics, 'drydock_claims_not_won')).toEqual([
      'drydock_claims_not_won_total{status="ended"} 3',
    ]);
    expect(await valuesOf(metrics, 'drydock_tasks_started')).toEqual([]);
  });

  test('observe into buckets', async () => {
    const metrics = new Metrics('worker');
    metrics.observe('drydock_ring_lag_seconds', {}, 0.004);
    expect(await valuesOf(metrics, 'drydock_ring_lag_seconds')).toEqual(
      expect.arrayContaining([
        'drydock_ring_lag_seconds_bucket{le="0.0025"} 0',
        'drydock_ring_lag_seconds_bucket{le="0.005"} 1',
        'drydock_ring_lag_seconds_count 1',
      ]),
    );
  });
});

describe('a reading', () => {
  test('replaces all that its gauges had', async () => {
    const metrics = new Metrics('scheduler');
    let lanes = ['a', 'b'];
    metrics.addReading({
      name: 'stand',
      gauges: ['drydock_tasks'],
      read: () => lanes.map((lane) => sample('drydock_tasks', { lane, status: 'queued' }, 1)),
    });
    expect(await valuesOf(metrics, 'drydock_tasks{')).toHaveLength(2);
    lanes = ['b'];
    expect(await valuesOf(metrics, 'drydock_tasks{')).toEqual(['drydock_tasks{lane="b",status="queued"} 1']);
  });

  test('that fails leaves its gauges out, is counted, and does not spoil the scrape', async () => {
    const metrics = new Metrics('scheduler');
    let isAway = false;
    metrics.addReading({
      name: 'stand',
      gauges: ['drydock_intents_open', 'drydock_processes'],
      read: async () => {
        if (isAway) throw new Error('no database');
        return [sample('drydock_intents_open', {}, 4), sample('drydock_processes', { process: 'worker' }, 2)];
      },
    });
    expect(await valuesOf(metrics, 'drydock_intents_open')).toEqual(['drydock_intents_open 4']);
    isAway = true;
    expect(await valuesOf(metrics, 'drydock_intents_open')).toEqual([]);
    expect(await valuesOf(metrics, 'drydock_processes{')).toEqual([]);
    expect(await valuesOf(metrics, 'drydock_reading_failures_total')).toEqual([
      'drydock_reading_failures_total{reading="stand"} 3',
    ]);
  });
});
