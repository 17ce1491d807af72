import { buildData, message, stage, step, task } from '../../tables/index.js';

/** The columns that a client may see, per table. Plans, progress and leases are nobody's business outside. */
export const taskColumns = {
  id: task.id,
  position: task.position,
  action: task.action,
  designRef: task.designRef,
  nodeFilter: task.nodeFilter,
  lane: task.lane,
  status: task.status,
  resultStatus: task.resultStatus,
  resultMessage: task.resultMessage,
  resultReason: task.resultReason,
  successes: task.successes,
  failures: task.failures,
  createdAt: task.createdAt,
  createdBy: task.createdBy,
  updatedAt: task.updatedAt,
  terminateRequestedAt: task.terminateRequestedAt,
  terminatedBy: task.terminatedBy,
  pausedAt: task.pausedAt,
  pausedBy: task.pausedBy,
  retryOf: task.retryOf,
  retryScope: task.retryScope,
  traceParent: task.traceParent,
};

export const stageColumns = {
  id: stage.id,
  taskId: stage.taskId,
  ordinal: stage.ordinal,
  verb: stage.verb,
  firstAdmittedAt: stage.firstAdmittedAt,
  updatedAt: stage.updatedAt,
  total: stage.total,
  succeeded: stage.succeeded,
  absent: stage.absent,
  failed: stage.failed,
  skipped: stage.skipped,
  cancelled: stage.cancelled,
};

export const stepColumns = {
  id: step.id,
  taskId: step.taskId,
  stageId: step.stageId,
  key: step.key,
  verb: step.verb,
  nodeName: step.nodeName,
  attempt: step.attempt,
  status: step.status,
  end: step.end,
  firstAdmittedAt: step.firstAdmittedAt,
  firstClaimedAt: step.firstClaimedAt,
  updatedAt: step.updatedAt,
  endedAt: step.endedAt,
  maxAttempts: step.maxAttempts,
  triesTotal: step.triesTotal,
  notBefore: step.notBefore,
  exhaustedBudget: step.exhaustedBudget,
  errorClass: step.errorClass,
  reason: step.reason,
  focus: step.focus,
  hasDetailLogs: step.hasDetailLogs,
};

export const messageColumns = {
  sequence: message.sequence,
  taskId: message.taskId,
  stepId: message.stepId,
  text: message.text,
  isError: message.isError,
  contextType: message.contextType,
  context: message.context,
  extra: message.extra,
  at: message.at,
};

export const buildDataColumns = {
  nodeName: buildData.nodeName,
  stepId: buildData.stepId,
  generator: buildData.generator,
  dataFormat: buildData.dataFormat,
  dataElement: buildData.dataElement,
  collectedAt: buildData.collectedAt,
};

export type ShownTask = Pick<typeof task.$inferSelect, keyof typeof taskColumns>;
export type ShownStage = Pick<typeof stage.$inferSelect, keyof typeof stageColumns>;
export type ShownStep = Pick<typeof step.$inferSelect, keyof typeof stepColumns>;
export type ShownMessage = Pick<typeof message.$inferSelect, keyof typeof messageColumns>;
export type ShownBuildDatum = Pick<typeof buildData.$inferSelect, keyof typeof buildDataColumns>;
