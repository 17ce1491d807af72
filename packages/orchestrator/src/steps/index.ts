export { readDeviceNames, type DeviceNames, type DeviceProblem } from './device-names.js';
export { materialNeeds, materialNeedsOf, type MaterialNeeds } from './material-needs.js';
export { nodeIdentity } from './node-input.js';
export { runVerb } from './run-verb.js';
export type { StepDrivers } from './step-drivers.js';
export type { StepMaterial } from './step-material.js';
