export { ClientError, ClientForbiddenError, ClientUnauthorizedError } from './client-error.js';
export type {
  BuildDataDocument,
  ExplainedNodeDocument,
  HastenedDocument,
  LaneDocument,
  MessageDocument,
  NodeDocument,
  RetryScopeDocument,
  StatusDocument,
  StepErrorDocument,
  TaskDocument,
  ValidationDocument,
  ValidationMessageDocument,
} from './documents.js';
export { DrydockClient, type DrydockClientOptions, type TaskTree } from './drydock-client.js';
export type { GetTaskOptions, NewTask, RetryRequest, ValidateDesignOptions, WhyQuery } from './requests.js';
export type { OnRequest } from './send-request.js';
export { isOver, waitForTask, type WaitEnd, type WaitOptions } from './wait-for-task.js';
export {
  type BlockerDocument,
  type IdleReason,
  idleReasons,
  type PlaceHolderDocument,
  type WhyDocument,
  type WhyStepDocument,
} from './why-documents.js';
