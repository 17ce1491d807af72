import { describe, expect, test } from '@jest/globals';
import { isDrydockError } from '@drydock/model';
import { submitTask, type TaskRequest } from './submit-task.js';
import type { AcceptedTask, Intake } from './task-intake.js';

const requester = { requestId: 'r', externalMarker: '', endUser: 'eve', user: 'noauth' };
const good: TaskRequest = {
  action: 'deploy_nodes',
  designRef: 'https://designs.example/site.yaml',
  nodeFilter: null,
  idempotencyKey: null,
  traceParent: null,
  requester,
};

function makePorts(ring: () => Promise<void> = () => Promise.resolve()) {
  const stored: AcceptedTask[] = [];
  const happened: string[] = [];
  const logged: string[] = [];
  const ports = {
    intake: {
      insert: async (task: AcceptedTask): Promise<Intake<AcceptedTask>> => {
        const known = stored.find((one) => one.idempotencyKey !== null && one.idempotencyKey === task.idempotencyKey);
        if (known) {
          return known.idempotencyHash === task.idempotencyHash
            ? { kind: 'known', task: known }
            : { kind: 'other', taskId: known.id };
        }
        stored.push(task);
        happened.push(`stored ${task.id}`);
        return { kind: 'created', task };
      },
    },
    bell: {
      ring: async (task: { id: string; ring: number; lane: string }) => {
        happened.push(`rang ${task.id}-${task.ring} in ${task.lane}`);
        await ring();
      },
    },
    chooseLane: ({ action }: { action: string }) => (action === 'verify_site' ? 'checks' : 'default'),
    newId: () => `task${stored.length + 1}`,
    newTraceId: () => '4bf92f3577b34da6a3ce929d0e0e4736',
    log: { warn: (message: string) => logged.push(message) },
  };
  return { ports, stored, happened, logged };
}

describe('a task that is submitted', () => {
  test('is stored first and rung for afterwards', async () => {
    const { ports, happened } = makePorts();
    const { task, isNew } = await submitTask(ports, good);
    expect(isNew).toBe(true);
    expect(task).toMatchObject({ id: 'task1', lane: 'default', createdBy: 'noauth', idempotencyHash: null });
    expect(happened).toEqual(['stored task1', 'rang task1-1 in default']);
  });

  test('is accepted when the ring fails', async () => {
    const { ports, stored, logged } = makePorts(() => Promise.reject(new Error('no Redis')));
    await submitTask(ports, good);
    expect(stored).toHaveLength(1);
    expect(logged).toEqual(['ring failed']);
  });

  test('is accepted when the ring never answers', async () => {
    const { ports, stored, logged } = makePorts(() => new Promise(() => undefined));
    await submitTask(ports, good);
    expect(stored).toHaveLength(1);
    expect(logged).toEqual(['ring is late']);
  });

  test('is the earlier one when key and request are the same, and is not rung for again', async () => {
    const { ports, stored, happened } = makePorts();
    const filter = { filter_set_type: 'union', filter_set: [] };
    await submitTask(ports, { ...good, nodeFilter: filter, idempotencyKey: 'k' });
    const again = await submitTask(ports, {
      ...good,
      nodeFilter: { filter_set: [], filter_set_type: 'union' },
      idempotencyKey: 'k',
    });
    expect(again).toEqual({ task: stored[0], isNew: false });
    expect(happened).toHaveLength(2);
  });

  test('keeps its filter as it was sent, without members that are null', async () => {
    const { ports, stored } = makePorts();
    const filter = { filter_type: 'union', node_names: ['n1'], node_tags: null };
    await submitTask(ports, { ...good, nodeFilter: { filter_set_type: 'union', filter_set: [filter] } });
    expect(stored[0]?.nodeFilter).toEqual({
      filter_set_type: 'union',
      filter_set: [{ filter_type: 'union', node_names: ['n1'] }],
    });
  });

  test('is refused when its key was used for another request', async () => {
    const { ports, stored } = makePorts();
    await submitTask(ports, { ...good, idempotencyKey: 'k' });
    const other = submitTask(ports, { ...good, action: 'destroy_nodes', idempotencyKey: 'k' });
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    expect(stored).toHaveLength(1);
  });
});

describe('the lane of a task', () => {
  test('is chosen by the table, stored, and rung', async () => {
    const { ports, stored, happened } = makePorts();
    await submitTask(ports, { ...good, action: 'verify_site' });
    expect(stored[0]?.lane).toBe('checks');
    expect(happened).toEqual(['stored task1', 'rang task1-1 in checks']);
  });

  test('refuses one more than it may have, with its numbers, and is not rung', async () => {
    const { ports, happened } = makePorts();
    const insert = async (): Promise<Intake<AcceptedTask>> => ({
      kind: 'full',
      lane: 'default',
      queued: 5,
      maxQueued: 5,
    });
    const refused = submitTask({ ...ports, intake: { insert } }, good);
    await expect(refused).rejects.toMatchObject({
      code: 'too_many_tasks',
      message: expect.stringMatching(/^the lane default has 5 queued tasks and takes at most 5; wait/),
    });
    expect(happened).toEqual([]);
  });
});

describe('a request that cannot be accepted', () => {
  const filterWith = (name: string) => ({
    filter_set_type: 'union',
    filter_set: [{ filter_type: 'union', node_names: [name] }],
  });
  const cases: readonly [string, Partial<TaskRequest>, string, RegExp][] = [
    ['no action', { action: undefined }, 'unsupported_action', /^Unsupported action None; known are validate_design/],
    ['an internal action', { action: 'noop' }, 'unsupported_action', /Unsupported action noop/],
    ['an action that is a number', { action: 5 }, 'unsupported_action', /\(number\)/],
    ['a very long action', { action: 'x'.repeat(500) }, 'unsupported_action', /x{64}…;/],
    ['no design_ref', { designRef: null }, 'invalid_request', /design_ref is missing/],
    ['a design_ref that is an object', { designRef: {} }, 'invalid_request', /design_ref must be a string, not object/],
    ['an empty design_ref', { designRef: '' }, 'invalid_request', /design_ref is empty/],
    ['a design_ref without a host', { designRef: 'http://' }, 'invalid_request', /design_ref names no host/],
    ['a design_ref with a path for a host', { designRef: 'http:/site.yaml' }, 'invalid_request', /names no host/],
    ['a design_ref of user info alone', { designRef: 'deckhand+http://me@/' }, 'invalid_request', /names no host/],
    ['a design_ref without scheme', { designRef: 'site.yaml' }, 'invalid_request', /not a URI with a scheme/],
    ['a design_ref with a space', { designRef: 'file:///a b' }, 'invalid_request', /percent-encode/],
    ['a design_ref with NUL', { designRef: 'file:///a\u0000' }, 'invalid_request', /control character/],
    ['a design_ref over 4 KiB', { designRef: `file:///${'a'.repeat(4096)}` }, 'invalid_request', /has 4104 bytes/],
    ['a node_filter that is a text', { nodeFilter: 'n1' }, 'invalid_node_filter', /node_filter must be an object/],
    ['a name with NUL', { nodeFilter: filterWith('a\u0000') }, 'invalid_request', /node_names\[0\] holds a NUL/],
    ['a name with half a character', { nodeFilter: filterWith('\ud800') }, 'invalid_request', /half a character/],
  ];

  test.each(cases)('%s is named, and nothing is stored or rung', async (_, change, code, message) => {
    const { ports, happened } = makePorts();
    const refused = await submitTask(ports, { ...good, ...change }).catch((error: unknown) => error);
    expect(isDrydockError(refused) && [refused.code, refused.message]).toEqual([code, expect.stringMatching(message)]);
    expect(happened).toEqual([]);
  });

  test('never shows credentials of the reference', async () => {
    const { ports } = makePorts();
    const refused = submitTask(ports, { ...good, designRef: 'https://me:hunter2@designs example/' });
    await expect(refused).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  });
});
