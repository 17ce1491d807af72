export { findTaskPlace, type TaskPlace } from './find-task-place.js';
export { insertTask, type NewTask, type TaskInsertion } from './insert-task.js';
export { isDatabaseUnavailable } from './is-database-unavailable.js';
export { readNodeBuildData, readStepBuildData } from './read-build-data.js';
export { type Liveness, readLiveness } from './read-liveness.js';
export {
  type FamilyDepth,
  listTaskFamilies,
  readTaskFamily,
  type TaskFamilies,
  type TaskPage,
} from './read-task-family.js';
export type { ShownBuildDatum, ShownMessage, ShownStage, ShownStep, ShownTask } from './shown-rows.js';
