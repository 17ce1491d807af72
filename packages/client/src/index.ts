export { ClientError, ClientForbiddenError, ClientUnauthorizedError } from './client-error.js';
export type {
  BuildDataDocument,
  ExplainedNodeDocument,
  MessageDocument,
  NodeDocument,
  StatusDocument,
  TaskDocument,
  ValidationDocument,
  ValidationMessageDocument,
} from './documents.js';
export {
  DrydockClient,
  type DrydockClientOptions,
  type GetTaskOptions,
  type NewTask,
  type TaskTree,
  type ValidateDesignOptions,
} from './drydock-client.js';
export type { OnRequest } from './send-request.js';
export { isOver, waitForTask, type WaitEnd, type WaitOptions } from './wait-for-task.js';
