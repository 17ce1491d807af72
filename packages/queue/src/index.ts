export type { ConsumeOptions, Consumer } from './consumer.js';
export { openQueueBackend, type QueueBackendConfig } from './open-queue-backend.js';
export type { QueueBackend, QueueCounts, QueueKind } from './queue-backend.js';
export type { QueueLog } from './queue-log.js';
export { laneQueueName, stepsQueueName } from './queue-names.js';
export { checkRing, ringDataLimitBytes, type Ring, type RingData } from './ring.js';
export type { ActiveJob, PutBack, RungJob } from './rung-job.js';
