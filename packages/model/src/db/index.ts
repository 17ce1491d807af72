export { checkSchema } from './check-schema.js';
export { appliedMigrations, knownMigrations, migrateDatabase, type MigrationReport } from './migrate-database.js';
export {
  openDatabase,
  type Database,
  type DatabaseOptions,
  type OpenDatabase,
  type Transaction,
} from './open-database.js';
export { rows } from './rows.js';
export {
  findTaskPlace,
  insertTask,
  isDatabaseUnavailable,
  listTaskFamilies,
  readLiveness,
  readNodeBuildData,
  readStepBuildData,
  readTaskFamily,
  type FamilyDepth,
  type Liveness,
  type NewTask,
  type ShownBuildDatum,
  type ShownMessage,
  type ShownStage,
  type ShownStep,
  type ShownTask,
  type TaskFamilies,
  type TaskInsertion,
  type TaskPage,
  type TaskPlace,
} from './stores/api/index.js';
export { claimStep, type Claim, type ClaimedStep } from './stores/engine/claims.js';
export { drainHolder, heartbeat, retireHolder, type HeldStep, type HolderRow } from './stores/engine/holders.js';
export { tellForeignRuns, type ForeignRun } from './stores/engine/foreign-runs.js';
export { fenceLost, writeIntent, type NewIntent, type Settlement, type StepLease } from './stores/engine/intents.js';
export { leaseSeconds } from './stores/engine/lease-seconds.js';
export { readAllSteps, takeMoves, wakeDueSteps, type MovedStep, type StoredStep } from './stores/engine/moves.js';
export type { NamedStep } from './stores/engine/named-step.js';
export { observedKeys, takeLease, wakeObservers, type Observed } from './stores/engine/observations.js';
export {
  loadGroups,
  readPlaces,
  releasePlaces,
  releaseTask,
  shutGroups,
  writeAdmission,
  type AdmittedStep,
  type LoadedGroups,
  type NewPlace,
  type Release,
  type RungStep,
} from './stores/engine/places.js';
export { ensureGroups, insertSteps, type StepIds } from './stores/engine/plans.js';
export { purgeGroups, purgeHolders, purgeIntents } from './stores/engine/purge.js';
export { refreshStatistics } from './stores/engine/statistics.js';
export { reportStep, type CallRecord, type StepMove } from './stores/engine/reports.js';
export {
  guardRun,
  releaseRun,
  restlessLanes,
  sqlState,
  startNext,
  takeOverRun,
  type RunRef,
} from './stores/engine/runs.js';
export {
  countStages,
  delaySteps,
  finishTask,
  noteTask,
  pinSnapshot,
  skipSteps,
  type StageChange,
} from './stores/engine/scheduler-writes.js';
export {
  failOverdueSteps,
  giveUpSteps,
  idleLanes,
  loseSteps,
  ringAgain,
  unclaimedSteps,
  type LostStep,
  type OwnStep,
  type Ringable,
} from './stores/engine/sweeps.js';
export { readTaskToDrive, type TaskToDrive } from './stores/engine/task-to-drive.js';
export {
  readNewestBuildData,
  readNodeFacts,
  readNodes,
  readSite,
  readSnapshot,
  storeSnapshot,
  type NewSnapshot,
  type NodeFacts,
  type SealedSecret,
  type SnapshotSummary,
} from './stores/snapshots.js';
export {
  buildData,
  concurrencyGroup,
  holder,
  intent,
  lane,
  lease,
  message,
  place,
  run,
  secret,
  snapshot,
  snapshotNode,
  snapshotSite,
  stage,
  step,
  task,
  type RequestContext,
  type ResultStatus,
} from './tables/index.js';
export { listenForMoves, MoveNotifier, type MoveListener } from './move-signals.js';
export { SecretBox } from './secret-box.js';
