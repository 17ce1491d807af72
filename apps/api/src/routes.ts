import type { Handler } from './api-parts.js';
import { createTask } from './handlers/create-task.js';
import { explainTask } from './handlers/explain-task.js';
import { filterNodes } from './handlers/filter-nodes.js';
import { extendedHealth, health } from './handlers/health.js';
import { listLanes, pauseLane, resumeLane } from './handlers/lanes.js';
import { listNodes } from './handlers/list-nodes.js';
import { listTasks } from './handlers/list-tasks.js';
import { nodeBuildData } from './handlers/node-build-data.js';
import { pauseTask, resumeTask } from './handlers/pause-task.js';
import { retryNow } from './handlers/retry-now.js';
import { retryTask } from './handlers/retry-task.js';
import { showTask } from './handlers/show-task.js';
import { taskBuildData } from './handlers/task-build-data.js';
import { terminateTask } from './handlers/terminate-task.js';
import { validateDesign } from './handlers/validate-design.js';
import { versions } from './handlers/versions.js';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Who may, once somebody asks who it is (reference 01 §3.1); null: everybody. */
  readonly rule: string | null;
  readonly readsBody?: true;
  /** What to say when there is none, if a client of the original may expect those words. */
  readonly emptyBodyMessage?: string;
  readonly handle: Handler;
}

export const apiPath = '/api/v1.0';
const rule = (name: string): string => `physical_provisioner:${name}`;

/** Everything that the API answers, except Bull Board. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/versions', rule: null, handle: versions },
  { method: 'GET', path: `${apiPath}/health`, rule: null, handle: health },
  { method: 'GET', path: `${apiPath}/health/extended`, rule: rule('health_data'), handle: extendedHealth },
  { method: 'GET', path: `${apiPath}/tasks`, rule: rule('read_task'), handle: listTasks },
  { method: 'POST', path: `${apiPath}/tasks`, rule: rule('create_task'), readsBody: true, handle: createTask },
  { method: 'GET', path: `${apiPath}/tasks/:taskId`, rule: rule('read_task'), handle: showTask },
  {
    method: 'POST',
    path: `${apiPath}/tasks/:taskId/retry`,
    rule: rule('retry_task'),
    readsBody: true,
    handle: retryTask,
  },
  { method: 'POST', path: `${apiPath}/tasks/:taskId/retry-now`, rule: rule('retry_task'), handle: retryNow },
  {
    method: 'POST',
    path: `${apiPath}/tasks/:taskId/terminate`,
    rule: rule('terminate_task'),
    handle: terminateTask,
  },
  { method: 'POST', path: `${apiPath}/tasks/:taskId/pause`, rule: rule('pause_task'), handle: pauseTask },
  { method: 'POST', path: `${apiPath}/tasks/:taskId/resume`, rule: rule('pause_task'), handle: resumeTask },
  { method: 'GET', path: `${apiPath}/lanes`, rule: rule('read_task'), handle: listLanes },
  { method: 'POST', path: `${apiPath}/lanes/:lane/pause`, rule: rule('pause_task'), handle: pauseLane },
  { method: 'POST', path: `${apiPath}/lanes/:lane/resume`, rule: rule('pause_task'), handle: resumeLane },
  { method: 'GET', path: `${apiPath}/tasks/:taskId/why`, rule: rule('read_task'), handle: explainTask },
  { method: 'GET', path: `${apiPath}/tasks/:taskId/builddata`, rule: rule('read_build_data'), handle: taskBuildData },
  { method: 'GET', path: `${apiPath}/nodes`, rule: rule('read_data'), handle: listNodes },
  { method: 'GET', path: `${apiPath}/nodes/:hostname/builddata`, rule: rule('read_build_data'), handle: nodeBuildData },
  { method: 'POST', path: `${apiPath}/nodefilter`, rule: rule('read_data'), readsBody: true, handle: filterNodes },
  {
    method: 'POST',
    path: `${apiPath}/validatedesign`,
    rule: rule('validate_site_design'),
    readsBody: true,
    emptyBodyMessage: 'Request body must not be empty for validation.',
    handle: validateDesign,
  },
];
