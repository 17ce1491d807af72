import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noTracing, openTracing, type LogLike, type Tracing } from '@drydock/telemetry';
import { type CollectedSpan, type SpanCollector, startSpanCollector } from '@drydock/testkit';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const task = { id: '0b0c7a52-6f2a-4f0e-9a3b-1c2d3e4f5a6b', traceParent: `00-${traceId}-${caller}-01` };
const taskSpan = '9a3b1c2d3e4f5a6b';

let collector: SpanCollector;
let machine: Server;
let machineUrl: string;
let tracing: Tracing;
let warnings: string[];

const log: LogLike = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void warnings.push(message),
  error: () => undefined,
  child: () => log,
};

beforeEach(async () => {
  warnings = [];
  collector = await startSpanCollector();
  machine = createServer((request, response) => {
    if (request.url === '/hang-up') return void request.socket.destroy();
    response.writeHead(request.url?.startsWith('/broken') ? 503 : 200);
    response.end('machine');
  });
  machine.listen(0, '127.0.0.1');
  await once(machine, 'listening');
  machineUrl = `http://127.0.0.1:${(machine.address() as AddressInfo).port}`;
  tracing = await openTracing({ otlpEndpoint: `${collector.url}/` }, 'drydock-test', log);
});

afterEach(async () => {
  await tracing.close();
  await collector.close();
  machine.closeAllConnections();
  machine.close();
});

/** Everything that was begun is sent. */
async function sent(): Promise<readonly CollectedSpan[]> {
  await tracing.close();
  return collector.spans;
}

async function ask(path: string): Promise<void> {
  const request = get(`${machineUrl}${path}`, { auth: 'user:secret-of-bmc' });
  const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>];
  for await (const _chunk of response);
}

describe('the span of a task', () => {
  test('has the id that everybody knows for it, its true times, and the caller above it', async () => {
    const attributes = { 'drydock.task.lane': 'default', 'drydock.task.retry_of': null };
    tracing.record({ task, isTask: true, name: 'task noop', startMs: 1000, endMs: 61_000, isFailed: true, attributes });
    expect(await sent()).toEqual([
      {
        ...{ service: 'drydock-test', name: 'task noop', traceId, spanId: taskSpan, parentSpanId: caller },
        ...{ startMs: 1000, endMs: 61_000, isFailed: true, attributes: { 'drydock.task.lane': 'default' } },
      },
    ]);
  });

  test('begins its trace when nobody stands above it', async () => {
    const own = { ...task, traceParent: `00-${traceId}-${taskSpan}-01` };
    tracing.record({ task: own, isTask: true, name: 'task noop', startMs: 1, endMs: 2, attributes: {} });
    expect(await sent()).toMatchObject([{ traceId, spanId: taskSpan, parentSpanId: null }]);
  });

  test.each([
    ['stands in a trace that its caller does not keep', `00-${traceId}-${caller}-00`],
    ['was stored without a trace', null],
  ])('is not sent when it %s', async (_name, traceParent) => {
    const place = { task: { ...task, traceParent }, name: 'noop', attributes: {} };
    tracing.record({ ...place, isTask: true, startMs: 1, endMs: 2 });
    const open = tracing.begin(place);
    await open.run(() => ask('/api'));
    open.end({});
    expect(await sent()).toEqual([]);
  });
});

describe('a call', () => {
  test('stands below its task, with the requests that it sent below it, which show no secret', async () => {
    const call = tracing.begin({ task, name: 'deploy_node', attributes: { 'drydock.step.fence': 3 } });
    await call.run(async () => {
      await ask('/api/2.0/machines/abc?op=deploy&token=secret-of-maas');
      await ask('/broken');
    });
    call.end({ attributes: { 'drydock.step.move': 'end' } });
    const [first, second, outer] = await sent();
    expect(outer).toMatchObject({
      ...{ name: 'deploy_node', traceId, parentSpanId: taskSpan, isFailed: false },
      attributes: { 'drydock.step.fence': 3, 'drydock.step.move': 'end' },
    });
    expect(first).toMatchObject({
      ...{ name: 'GET', traceId, parentSpanId: outer?.spanId, isFailed: false },
      attributes: {
        'http.request.method': 'GET',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(machineUrl).port),
        'url.path': '/api/2.0/machines/abc',
        'http.response.status_code': 200,
      },
    });
    expect(second).toMatchObject({ parentSpanId: outer?.spanId, isFailed: true });
    expect(collector.text).not.toContain('secret');
  });

  test('shows a request that got no answer', async () => {
    const call = tracing.begin({ task, name: 'noop', attributes: {} });
    await call.run(() => expect(ask('/hang-up')).rejects.toThrow('socket hang up'));
    call.end({ isFailed: true });
    expect(await sent()).toMatchObject([
      { name: 'GET', isFailed: true },
      { name: 'noop', isFailed: true },
    ]);
  });

  test('has nothing to do with requests outside of it, those of the exporter among them', async () => {
    const call = tracing.begin({ task, name: 'noop', attributes: {} });
    await call.run(() => ask('/api'));
    call.end({});
    await ask('/elsewhere');
    expect((await sent()).map(({ name }) => name)).toEqual(['GET', 'noop']);
    expect(collector.requests).toBe(1);
  });
});

describe('a collector that does not answer', () => {
  test('is told to the log once, and keeps nobody', async () => {
    await collector.close();
    tracing.record({ task, name: 'noop', attributes: {}, startMs: 1, endMs: 2 });
    await tracing.close();
    expect(warnings).toEqual(['spans not collected']);
    collector = await startSpanCollector();
  });
});

describe('where spans go', () => {
  test('nowhere without an endpoint', async () => {
    expect(await openTracing({}, 'drydock-test', log)).toBe(noTracing);
    expect(noTracing.begin({ task, name: 'noop', attributes: {} }).run(() => 7)).toBe(7);
  });

  test('to the URL for traces, under the name for the process, when they are given', async () => {
    const otlpTracesEndpoint = `${collector.url}/v1/traces`;
    const config = { otlpEndpoint: 'http://127.0.0.1:1', otlpTracesEndpoint, otelServiceName: 'metal' };
    const own = await openTracing(config, 'drydock-test', log);
    own.record({ task, name: 'noop', attributes: {}, startMs: 1, endMs: 2 });
    await own.close();
    expect(collector.spans).toMatchObject([{ service: 'metal', name: 'noop' }]);
  });
});
