import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { type CollectedSpan, type SpanCollector, startSpanCollector } from '@drydock/testkit';
import { sql } from 'drizzle-orm';
import { type EngineApi, runApi } from '../engine/run-api.js';
import { type Engine, runEngine } from '../engine/run-engine.js';
import { scriptedDesign } from '../site/scripted-design.js';

let collector: SpanCollector;
let engine: Engine | undefined;
let api: EngineApi | undefined;
beforeEach(async () => {
  collector = await startSpanCollector();
});
afterEach(async () => {
  await stop();
  await collector.close();
});

/** Processes that stop send the spans that they still have. */
async function stop(): Promise<void> {
  await api?.close();
  await engine?.close();
  api = engine = undefined;
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${caller}-01`;
const failure = {
  verb: 'apply_node_storage',
  node: 'n1',
  outcome: 'failed',
  reason: 'too small',
  errorClass: 'invalid_design',
};

async function start(env: Readonly<Record<string, string>>): Promise<readonly [Engine, EngineApi]> {
  const folder = process.env['TMPDIR'] ?? '/tmp';
  engine = await runEngine({ script: [failure], env: { DRYDOCK_DESIGN_FILE_ROOTS: folder, ...env } });
  api = await runApi(engine);
  return [engine, api];
}

/** @returns the id of a deployment of n1 and n2 that has ended */
async function deploy(running: Engine, asked: EngineApi, headers: Readonly<Record<string, string>>): Promise<string> {
  const file = join(running.env['DRYDOCK_SCRIPT'] ?? '', '..', 'design.yaml');
  await writeFile(file, scriptedDesign(['n1', 'n2']));
  const body = { action: 'deploy_nodes', design_ref: pathToFileURL(file).href };
  const { body: task } = await asked.post('/tasks', body, headers);
  await running.ended(task.task_id);
  return task.task_id;
}

async function retry(running: Engine, asked: EngineApi, taskId: string): Promise<string> {
  const { body: task } = await asked.post(`/tasks/${taskId}/retry`, { scope: 'failed' });
  await running.ended(task.task_id);
  return task.task_id;
}

const ofTask = (spans: readonly CollectedSpan[], taskId: string) =>
  spans.filter(({ attributes }) => attributes['drydock.task.id'] === taskId);
const named = (spans: readonly CollectedSpan[], name: string) => spans.filter((span) => span.name === name);

function only(spans: readonly CollectedSpan[]): CollectedSpan {
  const [span] = spans;
  if (!span || spans.length !== 1) throw new Error(`${spans.length} spans instead of one`);
  return span;
}

describe('a task and its retry', () => {
  it('are one trace below the caller, with spans of every process and the right parents', async () => {
    const [running, asked] = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const first = await deploy(running, asked, { traceparent });
    const second = await retry(running, asked, first);
    await stop();

    const { spans } = collector;
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(new Set(spans.map(({ service }) => service))).toEqual(
      new Set(['drydock-api', 'drydock-scheduler', 'drydock-worker']),
    );
    const root = only(named(ofTask(spans, first), 'task deploy_nodes'));
    const again = only(named(ofTask(spans, second), 'task deploy_nodes'));
    expect([root.parentSpanId, again.parentSpanId]).toEqual([caller, root.spanId]);
    expect(root.isFailed).toBe(true);
    expect(root.attributes).toMatchObject({ 'drydock.task.result': 'partial_success', 'drydock.task.lane': 'default' });
    for (const [id, { spanId, name }] of [
      [first, root],
      [second, again],
    ] as const) {
      const children = ofTask(spans, id).filter((span) => span.name !== name);
      expect(new Set(children.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([spanId]));
    }
    expect(new Set(ofTask(spans, first).map(({ name }) => name))).toEqual(
      new Set([
        ...['task deploy_nodes', 'accept task', 'compile design'],
        ...['apply_node_networking', 'apply_node_storage', 'apply_node_platform', 'deploy_node'].flatMap((verb) => [
          verb,
          `admission ${verb}`,
        ]),
      ]),
    );
    const failed = only(named(ofTask(spans, first), 'apply_node_storage').filter(({ isFailed }) => isFailed));
    expect(failed.attributes).toMatchObject({
      ...{ 'drydock.node.name': 'n1', 'drydock.step.verb': 'apply_node_storage', 'drydock.step.attempt': 0 },
      ...{ 'drydock.step.fence': 1, 'drydock.step.move': 'end', 'drydock.step.end': 'failed' },
      'drydock.step.error_class': 'invalid_design',
    });
    const calls = ofTask(spans, first).filter(({ name }) => name !== root.name && name !== 'accept task');
    for (const { startMs, endMs } of calls) {
      expect([startMs >= root.startMs - 1, endMs >= startMs]).toEqual([true, true]);
    }
  }, 120_000);
});

describe('without an endpoint', () => {
  it('a task has a trace all the same, its own, and a retry goes on in it', async () => {
    const [running, asked] = await start({});
    const first = await deploy(running, asked, {});
    await retry(running, asked, first);
    const traces = await rows<{ traceParent: string }>(
      running.database.db,
      sql`select trace_parent as "traceParent" from task order by position`,
    );
    const parts = traces.map(({ traceParent }) => traceParent.split('-'));
    expect(parts.map(([version, , , flags]) => [version, flags])).toEqual([
      ['00', '01'],
      ['00', '01'],
    ]);
    expect(parts[0]?.[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(parts[1]?.[1]).toBe(parts[0]?.[1]);
    expect(collector.requests).toBe(0);
  }, 120_000);
});
