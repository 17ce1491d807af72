export { createMaasDriver, type MaasDriver } from './create-maas-driver.js';
export type { MaasDriverConfig } from './driver-config.js';
export type { RequestRecord } from './http/maas-request.js';
export { defaultTimeLimits, type TimeLimits } from './http/time-limits.js';
