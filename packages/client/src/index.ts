export { ClientError, ClientForbiddenError, ClientUnauthorizedError } from './client-error.js';
export type { BuildDataDocument, MessageDocument, NodeDocument, StatusDocument, TaskDocument } from './documents.js';
export {
  DrydockClient,
  type DrydockClientOptions,
  type GetTaskOptions,
  type NewTask,
  type TaskTree,
} from './drydock-client.js';
export type { OnRequest } from './send-request.js';
export { isOver, waitForTask, type WaitEnd, type WaitOptions } from './wait-for-task.js';
