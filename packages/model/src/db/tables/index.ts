export { bootAction, bootActionContext } from './boot-action.js';
export { concurrencyGroup, place } from './group.js';
export { buildData, message } from './report.js';
export { retryBudget } from './retry-budget.js';
export { secret, snapshot, snapshotNode, snapshotSite } from './snapshot.js';
export { intent, stage, step } from './step.js';
export { holder, lane, lease, run, task, type RequestContext, type ResultStatus } from './task.js';
