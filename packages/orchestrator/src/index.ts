export { planners, planRetry, stepLimits, type Planner, type PlanNode, type StepLimits } from './plans/index.js';
export {
  materialNeeds,
  materialNeedsOf,
  nodeIdentity,
  readDeviceNames,
  runVerb,
  type DeviceNames,
  type DeviceProblem,
  type MaterialNeeds,
  type StepDrivers,
  type StepMaterial,
} from './steps/index.js';
export {
  checkDesignRef,
  submitTask,
  type AcceptedTask,
  type Intake,
  type Requester,
  type SubmitTaskPorts,
  type SubmittedTask,
  type TaskBell,
  type TaskIntake,
  type TaskRequest,
} from './use-cases/index.js';
