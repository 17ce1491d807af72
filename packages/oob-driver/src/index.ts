export { createOobDrivers } from './create-oob-drivers.js';
export { defaultOobConfig, type ManualConfig, type OobConfig, type RedfishConfig } from './oob-config.js';
export { selectOobDriver } from './select-oob-driver.js';
