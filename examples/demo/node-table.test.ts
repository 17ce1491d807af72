import { expect, test } from '@jest/globals';
import type { TaskDocument, TaskTree } from '@drydock/client';
import { nodeTable } from './node-table.js';
import { demoDesign } from './test/demo-design.js';
import { deployedMachine } from './test/deployed-machine.js';

const result = {
  status: 'success',
  message: null,
  reason: null,
  successes: [],
  failures: [],
  links: [],
  details: { errorCount: 0, messageList: [] },
} as const;

function document(id: string, change: Partial<TaskDocument> = {}): TaskDocument {
  return {
    task_id: id,
    action: 'deploy_node',
    parent_task_id: null,
    design_ref: null,
    status: 'complete',
    result,
    node_filter: null,
    subtask_id_list: [],
    created: null,
    created_by: null,
    updated: null,
    terminated: null,
    terminated_by: null,
    terminate: null,
    retry: 0,
    ...change,
  };
}

function step(id: string, created: string, updated: string): TaskDocument {
  const filter = { node_names: ['r01n03'] };
  const node_filter = { filter_set_type: 'union', filter_set: [filter] } as unknown as TaskDocument['node_filter'];
  return document(id, { created, updated, node_filter });
}

function tree(...steps: readonly TaskDocument[]): TaskTree {
  const root = document('root', { subtask_id_list: steps.map(({ task_id }) => task_id) });
  return { root, tasks: new Map([root, ...steps].map((task) => [task.task_id, task])) };
}

test('a row says where a node stands, what it got and how long it was worked on', () => {
  const prepare = tree(
    step('a', '2026-01-01 10:00:00', '2026-01-01 10:00:01'),
    step('b', '2026-01-01 10:00:01', '2026-01-01 10:00:04.500'),
  );
  const deploy = tree(step('c', '2026-01-01 10:00:10', '2026-01-01 10:00:12'));
  expect(nodeTable(demoDesign('r01n03'), [deployedMachine()], [prepare, deploy])).toEqual([
    'node    rack    status    addresses                                   volume groups  time',
    'r01n03  rack01  Deployed  10.13.0.2 10.10.1.13 10.11.1.13 10.12.1.13  data (2 LV)    6.5 s',
  ]);
});

test('a node that MAAS does not know has a row too', () => {
  const [, row] = nodeTable(demoDesign('r01n03'), [], []);
  expect(row).toBe('r01n03  rack01  unknown to MAAS');
});
