type Result = 'incomplete' | 'success' | 'partial_success' | 'failure';

interface Change {
  readonly status?: string;
  readonly result?: Result;
  readonly node?: string;
  readonly subtasks?: readonly string[];
  readonly successes?: readonly string[];
  readonly failures?: readonly string[];
  readonly errors?: readonly string[];
  readonly created?: string;
}

/** A document of the API, of which a test says only what matters to it. */
export function sampleTask(id: string, action: string, change: Change = {}): Readonly<Record<string, unknown>> {
  const names = change.node === undefined ? null : [change.node];
  const errors = change.errors ?? [];
  return {
    kind: 'Task',
    task_id: id,
    action,
    status: change.status ?? 'complete',
    result: {
      status: change.result ?? 'incomplete',
      successes: change.successes ?? [],
      failures: change.failures ?? [],
      links: [],
      details: { errorCount: errors.length, messageList: errors.map((message) => ({ message, error: true })) },
    },
    node_filter: names && {
      filter_set_type: 'intersection',
      filter_set: [{ filter_type: 'union', node_names: names }],
    },
    subtask_id_list: change.subtasks ?? [],
    created: change.created ?? '2026-01-02 03:04:05.000000+00:00',
    retry: 0,
  };
}

export function tree(...documents: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const byId = documents.map((document) => [String(document['task_id']), document] as const);
  return { init_task_id: byId[0]?.[0], ...Object.fromEntries(byId) };
}

/** deploy_nodes on two nodes while it runs, and when n02's disk was too small. */
export const runningTree = tree(
  sampleTask('t1', 'deploy_nodes', { status: 'running', subtasks: ['s1'] }),
  sampleTask('s1', 'apply_node_storage', { status: 'running', subtasks: ['p1', 'p2'] }),
  sampleTask('p1', 'apply_node_storage', { status: 'complete', result: 'success', node: 'n01' }),
  sampleTask('p2', 'apply_node_storage', { status: 'running', node: 'n02' }),
);

export const partialTree = tree(
  sampleTask('t1', 'deploy_nodes', {
    result: 'partial_success',
    subtasks: ['s1'],
    successes: ['n01'],
    failures: ['n02'],
  }),
  sampleTask('s1', 'apply_node_storage', { result: 'partial_success', subtasks: ['p1', 'p2'] }),
  sampleTask('p1', 'apply_node_storage', { result: 'success', node: 'n01' }),
  sampleTask('p2', 'apply_node_storage', {
    result: 'failure',
    node: 'n02',
    errors: ['sdb has 1 GB, the design wants 2 GB'],
  }),
);
