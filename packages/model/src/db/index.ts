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
  countIdleSteps,
  eraseLanePause,
  eraseTaskPause,
  findRetriedTask,
  findTaskPlace,
  hastenSteps,
  idleReasons,
  insertTask,
  isDatabaseUnavailable,
  isStepOfTask,
  listTaskFamilies,
  namesWithoutSteps,
  readHolders,
  readIdleSteps,
  readLanes,
  readLiveness,
  readNodeBuildData,
  readStepBuildData,
  readSurroundings,
  readTaskFamily,
  readTaskStand,
  requestTermination,
  writeLanePause,
  writeTaskPause,
  type FamilyDepth,
  type Hastened,
  type IdleReason,
  type IdleStepPage,
  type Liveness,
  type NewRetry,
  type NewTask,
  type RetriedTaskRow,
  type ShownBuildDatum,
  type ShownLane,
  type ShownMessage,
  type ShownStage,
  type ShownStep,
  type ShownTask,
  type StepCounts,
  type Surroundings,
  type TaskFamilies,
  type TaskInsertion,
  type TaskPage,
  type TaskPlace,
} from './stores/api/index.js';
export {
  countReports,
  openBootActions,
  readReports,
  reportBootAction,
  type BootActionReport,
  type DeploymentReports,
  type NewBootActions,
  type ReportCount,
} from './stores/engine/boot-actions.js';
export { claimStep, type Claim, type ClaimedStep } from './stores/engine/claims.js';
export { GroupedWrites } from './stores/engine/grouped-writes.js';
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
  type GroupsWanted,
  type LoadedGroups,
  type NewPlace,
  type Release,
  type RungStep,
} from './stores/engine/places.js';
export { ensureGroups, insertSteps, type StepIds, type StepToStore } from './stores/engine/plans.js';
export { purgeGroups, purgeHolders, purgeIntents } from './stores/engine/purge.js';
export {
  exhaustSteps,
  purgeBudgets,
  readBudgets,
  writeBudgets,
  type ExhaustedStep,
} from './stores/engine/retry-budgets.js';
export { noteSteps, type StepNote } from './stores/engine/step-notes.js';
export { readRetriedSteps, type EndedStepRow } from './stores/engine/retried-steps.js';
export { refreshStatistics } from './stores/engine/statistics.js';
export { reportStep, type CallRecord } from './stores/engine/reports.js';
export type { StepMove } from './stores/engine/step-move.js';
export {
  guardCycle,
  guardRun,
  releaseRun,
  restlessLanes,
  sqlState,
  startNext,
  takeOverRun,
  type RunOrders,
  type RunRef,
} from './stores/engine/runs.js';
export type { StageChange } from './stores/engine/counted-stages.js';
export {
  countStages,
  delaySteps,
  finishTask,
  noteTask,
  pinSnapshot,
  skipSteps,
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
export { stopSteps, type StoppedStep } from './stores/engine/stopped-steps.js';
export { readStops, type Stop } from './stores/engine/stops.js';
export { ensureLanes, type LaneRow } from './stores/lanes.js';
export {
  readEndedTask,
  readStand,
  type EndedTaskRow,
  type StandCount,
  type StandRow,
} from './stores/telemetry/index.js';
export { readTaskToDrive, type TaskToDrive } from './stores/engine/task-to-drive.js';
export {
  readNewestBuildData,
  readNodeFacts,
  readNodeMaterial,
  readNodes,
  readSite,
  readSnapshot,
  storeSnapshot,
  type NewSnapshot,
  type NodeFacts,
  type NodeMaterial,
  type NodePlace,
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
