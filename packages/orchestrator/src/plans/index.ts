export type { PlanNode } from './plan-node.js';
export { planRetriedTask, type InheritedEnd, type RetriedStep, type RetryStep } from './plan-retried-task.js';
export { planRetry } from './plan-retry.js';
export { planners, type Planner } from './planners.js';
export { stepLimits, type StepLimits } from './step-limits.js';
