import { describe, expect, test } from '@jest/globals';
import { retryTask, type RetriedTask, type RetryRequest } from './retry-task.js';
import type { AcceptedRetry, Intake } from './task-intake.js';

const requester = { requestId: 'r', externalMarker: '', endUser: 'eve', user: 'noauth' };
const stepId = '6a0f0000-0000-4000-8000-000000000001';
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const failed: RetriedTask = {
  id: 'old',
  traceParent: `00-${trace}-00f067aa0ba902b7-01`,
  action: 'deploy_nodes',
  designRef: 'https://designs.example/site.yaml',
  designRefSealed: Buffer.from('sealed'),
  nodeFilter: { filter_set_type: 'union', filter_set: [] },
  status: 'complete',
  resultStatus: 'partial_success',
  snapshotHash: 'h1',
  hasPlan: true,
  retryOf: null,
  retryScope: null,
};
const request: RetryRequest = {
  taskId: 'old',
  scope: 'failed',
  nodeNames: undefined,
  stepId: undefined,
  idempotencyKey: null,
  traceParent: null,
  requester,
};

function makePorts(change: Partial<RetriedTask> | null = {}) {
  const stored: AcceptedRetry[] = [];
  const rung: string[] = [];
  const ports = {
    retried: {
      find: async () => (change === null ? null : { ...failed, ...change }),
      unknownNodes: async (_id: string, names: readonly string[]) => names.filter((name) => !name.startsWith('n')),
      hasStep: async (_id: string, id: string) => id === stepId,
    },
    intake: {
      insert: async (task: AcceptedRetry): Promise<Intake<AcceptedRetry>> => {
        stored.push(task);
        return { kind: 'created', task };
      },
    },
    bell: { ring: async ({ id, lane }: { id: string; lane: string }) => void rung.push(`${id} in ${lane}`) },
    chooseLane: () => 'edge',
    newId: () => 'new',
    newTraceId: () => 'c0ffee00000000000000000000000001',
    log: { warn: () => undefined },
  };
  return { ports, stored, rung };
}

describe('a retry', () => {
  test('is a task of its own with the action, design, filter and snapshot of the one that it retries', async () => {
    const { ports, stored, rung } = makePorts();
    const { isNew } = await retryTask(ports, request);
    expect(isNew).toBe(true);
    expect(stored).toEqual([
      {
        id: 'new',
        action: 'deploy_nodes',
        designRef: failed.designRef,
        designRefSealed: failed.designRefSealed,
        nodeFilter: failed.nodeFilter,
        lane: 'edge',
        createdBy: 'noauth',
        requestContext: requester,
        idempotencyKey: null,
        idempotencyHash: null,
        traceParent: expect.stringContaining(trace),
        retry: { retryOf: 'old', retryScope: { kind: 'failed' }, snapshotHash: 'h1' },
      },
    ]);
    expect(rung).toEqual(['new in edge']);
  });

  test.each([
    [
      { scope: 'node', nodeNames: ['n2', 'n1', 'n2'] },
      { kind: 'node', nodeNames: ['n2', 'n1'] },
    ],
    [
      { scope: 'step', stepId },
      { kind: 'step', stepId },
    ],
    [{ scope: 'failed', nodeNames: null, stepId: null }, { kind: 'failed' }],
  ] as const)('of %j keeps its scope', async (change, retryScope) => {
    const { ports, stored } = makePorts();
    await retryTask(ports, { ...request, ...change });
    expect(stored[0]?.retry.retryScope).toEqual(retryScope);
  });

  test('of nodes that succeeded is possible', async () => {
    const { ports, stored } = makePorts({ resultStatus: 'success' });
    await retryTask(ports, { ...request, scope: 'node', nodeNames: ['n1'] });
    expect(stored).toHaveLength(1);
  });

  test.each([
    ['never had a plan', { hasPlan: false }, null],
    ['was terminated in the middle', { status: 'terminated', resultStatus: 'failure' }, 'h1'],
    ['was terminated in its lane', { status: 'terminated', resultStatus: 'incomplete', hasPlan: false }, null],
  ] as const)('of a task that %s is accepted', async (_case, change, snapshotHash) => {
    const { ports, stored } = makePorts(change);
    await retryTask(ports, request);
    expect(stored[0]?.retry.snapshotHash).toBe(snapshotHash);
  });

  test('of a retry that never had a plan is that retry once more', async () => {
    const retryScope = { kind: 'node', nodeNames: ['n1'] } as const;
    const { ports, stored } = makePorts({ hasPlan: false, status: 'terminated', retryOf: 'first', retryScope });
    await retryTask(ports, request);
    expect(stored[0]?.retry).toEqual({ retryOf: 'first', retryScope, snapshotHash: 'h1' });
  });

  test('differs by its scope, for its Idempotency-Key', async () => {
    const { ports, stored } = makePorts();
    const keyed = { ...request, idempotencyKey: 'k' };
    await retryTask(ports, keyed);
    await retryTask(ports, keyed);
    await retryTask(ports, { ...keyed, scope: 'node', nodeNames: ['n1'] });
    const [first, same, other] = stored.map(({ idempotencyHash }) => idempotencyHash);
    expect([same === first, other === first, typeof first]).toEqual([true, false, 'string']);
  });
});

describe('a retry that cannot be', () => {
  const cases: readonly [string, Partial<RetriedTask> | null, Partial<RetryRequest>, string, RegExp][] = [
    ['of a task that nobody knows', null, {}, 'not_found', /^Task old does not exist/],
    ['of a task that runs', { status: 'running' }, {}, 'conflict', /^task old is running; wait/],
    ['of a task that is queued', { status: 'queued' }, {}, 'conflict', /is queued; wait/],
    ['of a task that is being terminated', { status: 'terminating' }, {}, 'conflict', /is terminating; wait/],
    ['of a task of which nothing failed', { resultStatus: 'success' }, {}, 'conflict', /^nothing of task old failed/],
    ['of a step of a task without steps', { hasPlan: false }, { scope: 'step', stepId }, 'conflict', /before it had/],
    ['without a scope', {}, { scope: undefined }, 'invalid_request', /^scope must be failed, node or step/],
    ['of a scope that is inherited', {}, { scope: 'toString' }, 'invalid_request', /^scope must be/],
    ['of no nodes', {}, { scope: 'node', nodeNames: [] }, 'invalid_request', /^node_names must be a list/],
    ['of nodes that are numbers', {}, { scope: 'node', nodeNames: [1] }, 'invalid_request', /^node_names must be/],
    ['of a name with NUL', {}, { scope: 'node', nodeNames: ['n\u0000'] }, 'invalid_request', /node_names\[0\] holds/],
    ['of nodes that it did not have', {}, { scope: 'node', nodeNames: ['n1', 'x1'] }, 'not_found', /no steps for x1;/],
    ['of a step without id', {}, { scope: 'step' }, 'invalid_request', /^step_id must be the id/],
    ['of a step that it did not have', {}, { scope: 'step', stepId: stepId.replace('1', '2') }, 'not_found', /subtask/],
    ['of names in the wrong scope', {}, { nodeNames: ['n1'] }, 'invalid_request', /node_names does not belong/],
  ];
  test.each(cases)('%s says why, and nothing is stored or rung', async (_case, task, change, code, message) => {
    const { ports, stored, rung } = makePorts(task);
    const refused = retryTask(ports, { ...request, ...change });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect([stored, rung]).toEqual([[], []]);
  });
});
