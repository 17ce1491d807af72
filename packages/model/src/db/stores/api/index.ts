export { findRetriedTask, isStepOfTask, namesWithoutSteps, type RetriedTaskRow } from './find-retried-task.js';
export { findTaskPlace, type TaskPlace } from './find-task-place.js';
export { hastenSteps, type Hastened } from './hasten-steps.js';
export { insertTask, type NewRetry, type NewTask, type TaskInsertion } from './insert-task.js';
export { isDatabaseUnavailable } from './is-database-unavailable.js';
export { readNodeBuildData, readStepBuildData } from './read-build-data.js';
export { eraseLanePause, eraseTaskPause, writeLanePause, writeTaskPause } from './write-pause.js';
export { readLanes, type ShownLane } from './read-lanes.js';
export { type Liveness, readLiveness } from './read-liveness.js';
export {
  type FamilyDepth,
  listTaskFamilies,
  readTaskFamily,
  type TaskFamilies,
  type TaskPage,
} from './read-task-family.js';
export {
  countIdleSteps,
  idleReasons,
  readIdleSteps,
  type IdleReason,
  type IdleStepPage,
  type StepCounts,
} from './why/read-idle-steps.js';
export { readHolders, readSurroundings, type Surroundings } from './why/read-surroundings.js';
export { readTaskStand } from './why/read-task-stand.js';
export { requestTermination } from './request-termination.js';
export type { ShownBuildDatum, ShownMessage, ShownStage, ShownStep, ShownTask } from './shown-rows.js';
