export type { PlanNode } from './plan-node.js';
export { planRetry } from './plan-retry.js';
export { planners, type Planner } from './planners.js';
export { stepLimits, type StepLimits } from './step-limits.js';
