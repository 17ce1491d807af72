export {
  compiledDesignFormat,
  type Addressing,
  type Bonding,
  type BondingMode,
  type BootAction,
  type BootActionAsset,
  type CompiledDesign,
  type CompiledNode,
  type CompiledSite,
  type DeviceAlias,
  type Filesystem,
  type LogicalVolume,
  type Network,
  type NetworkLink,
  type NetworkRange,
  type NetworkRoute,
  type NodeInterface,
  type OutOfBand,
  type Partition,
  type Rack,
  type Repositories,
  type Repository,
  type StorageDevice,
  type TagDefinition,
  type VolumeGroup,
} from './design/compiled-design.js';
export {
  cutSecrets,
  restoreSecrets,
  restoreSiteSecrets,
  type DesignSecret,
  type DesignWithoutSecrets,
} from './design/cut-secrets.js';
export type { DocumentReference, Finding, FindingLevel, SourcePlace } from './design/finding.js';
export { designGraph, type DesignGraph, type GraphEdge, type GraphVertex } from './design/design-graph.js';
export { diffDesigns, type DesignDiff, type PartDiff, type ValueDiff } from './design/diff-designs.js';
export { renderMermaid } from './design/render-mermaid.js';
export { renderKernelCommandLine } from './design/kernel-command-line.js';
export { isSizeError, parseSize, sizeInBytes, type Size, type SizeContext, type SizeError } from './design/size.js';
export {
  clientActions,
  isClientAction,
  needsDesign,
  taskActions,
  type ClientAction,
  type TaskAction,
} from './domain/actions.js';
export { DrydockError, isDrydockError } from './domain/drydock-error.js';
export { errorClasses, type ErrorClass } from './domain/error-class.js';
export { errorCodes, type ErrorCode } from './domain/error-codes.js';
export {
  chooseLane,
  defaultLaneOf,
  type LaneRule,
  type LaneSeeker,
  type LaneTable,
} from './domain/lanes/choose-lane.js';
export {
  bootActionSource,
  reportedValue,
  type BootActionStatus,
  type ReportedBootAction,
} from './domain/boot-action-status.js';
export { encodeUlid } from './domain/encode-ulid.js';
export type { RetryScope } from './domain/retry-scope.js';
export { parseNodeFilter } from './domain/node-filter-parse.js';
export type { CriterionName, FilterableNode } from './domain/node-filter-criteria.js';
export {
  explainNodeFilter,
  type ExplainedCriterion,
  type ExplainedFilter,
  type ExplainedNode,
} from './domain/node-filter-explain.js';
export { selectNodes } from './domain/node-filter-select.js';
export type { NodeFilter, NodeFilterSet } from './domain/node-filter.js';
export { statusAfter } from './domain/status-after.js';
export { statusesBefore } from './domain/statuses-before.js';
export { stepMoves, type StepEvent, type StepStatus } from './domain/step-moves.js';
export type { Need, Plan, PlannedStep, StepEnd, StepKey } from './domain/step.js';
export { taskMoves, type TaskEvent, type TaskStatus } from './domain/task-moves.js';
export { unknownFormat, type StoredFormats } from './domain/unknown-format.js';
export { unknownEffectSeconds } from './domain/unknown-effect.js';
export { verbs, type ApiAction, type DriverKind, type Verb, type VerbRow } from './domain/verbs.js';
export type {
  CreateNetworkTemplateInput,
  DeployNodeInput,
  NetworkingInput,
  NodeIdentity,
  NodeInput,
  OobInput,
  PlatformInput,
  RelabelInput,
  RepositoriesInput,
  StorageInput,
  UserCredentialsInput,
  WantedInterface,
  WantedNetwork,
} from './ports/driver-inputs.js';
export type {
  BulkObserver,
  DriverMethod,
  InventoryNode,
  KubernetesDriver,
  NodeDriver,
  NodeInventory,
  OobDriver,
} from './ports/drivers.js';
export { knownProgressFormat } from './ports/progress-format.js';
export type { Effect, OpenIntent, StepContext, StepLog } from './ports/step-context.js';
export type { BuildDatum, Focus, ObservedThing, Progress, StatusNote, StepOutcome } from './ports/step-outcome.js';
export type { Blocker, BlockerReason, PlaceHolder } from './domain/why/blocker.js';
export {
  explainStep,
  type IdleStep,
  type LastFailure,
  type NeededStep,
  type StepFacts,
} from './domain/why/explain-step.js';
export { explainTask } from './domain/why/explain-task.js';
export type { Pause, TaskStand } from './domain/why/task-stand.js';
export { backoffSeconds, type BackoffPolicy } from './domain/backoff.js';
export {
  defaultRetryPolicy,
  RetryBudgets,
  stepBudget,
  type BudgetPolicy,
  type BudgetState,
  type RetryPolicy,
} from './domain/retry-budgets.js';
export { retryBackoff, retryRules, type RetryRule, type RetrySettings } from './domain/retry-rules.js';
export { comesBefore, type Standing } from './domain/groups/comes-before.js';
export { admit, roomIn, type Admission, type Refusal } from './domain/groups/admit.js';
export type { Candidate, GroupState } from './domain/groups/group-state.js';
export { lackIn, opensAt, type GroupLack } from './domain/groups/group-lack.js';
export { type ByOobType, defaultGroupLimits, type GroupLimits } from './domain/groups/group-limits.js';
export { groupKind, groupNeeds, siteLimit, stepsGroupKey, type StepSurroundings } from './domain/groups/group-needs.js';
export type { GroupNeed, GroupScope } from './domain/groups/group.js';
export { groupsByNode, type GroupFacts, type GroupedStep, type GroupsOf } from './domain/groups/groups-by-node.js';
export { PlanProgress, type Advance } from './domain/plan-progress.js';
export {
  formatTraceParent,
  parseTraceParent,
  taskSpan,
  type TaskSpan,
  type TraceParent,
  traceParentOfRetry,
  traceParentOfTask,
} from './domain/trace-parent.js';
export { foldResult, type EndedStep, type TaskResult } from './domain/task-result.js';
