export { readSchedulerConfig, type SchedulerConfig } from './config.js';
export { startScheduler, type RunningScheduler } from './wire.js';
