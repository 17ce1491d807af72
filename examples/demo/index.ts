export { checkDeployed } from './check-deployed.js';
export { fleetOf } from './fleet-of.js';
export { makeRunDirectory, type RunDirectoryOptions } from './make-run-directory.js';
export type { Problem } from './problem.js';
export { siteOf, type SiteOptions } from './site-of.js';
export {
  type SimulatorProcess,
  type SimulatorProcessOptions,
  startSimulatorProcess,
} from './start-simulator-process.js';
