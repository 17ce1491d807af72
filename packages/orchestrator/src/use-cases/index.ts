export type { SubmittedTask } from './accept-task.js';
export { checkDesignRef } from './check-design-ref.js';
export {
  retryTask,
  type RetriedTask,
  type RetriedTasks,
  type RetryRequest,
  type RetryTaskPorts,
} from './retry-task.js';
export { submitTask, type TaskRequest } from './submit-task.js';
export type { TaskBell } from './task-bell.js';
export type { AcceptedRetry, AcceptedTask, Intake, Requester, TaskIntake } from './task-intake.js';
