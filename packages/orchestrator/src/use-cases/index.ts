export { checkDesignRef } from './check-design-ref.js';
export { submitTask, type SubmitTaskPorts, type SubmittedTask, type TaskRequest } from './submit-task.js';
export type { TaskBell } from './task-bell.js';
export type { AcceptedTask, Intake, Requester, TaskIntake } from './task-intake.js';
