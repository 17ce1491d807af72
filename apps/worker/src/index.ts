export { readWorkerConfig, type WorkerConfig } from './config.js';
export { startWorker, type RunningWorker } from './wire.js';
