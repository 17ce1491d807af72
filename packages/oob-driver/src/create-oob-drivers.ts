import type { OobDriver } from '@drydock/model';
import { createManualDriver } from './manual/create-manual-driver.js';
import type { OobConfig } from './oob-config.js';
import { createRedfishDriver } from './redfish/create-redfish-driver.js';

/** Every driver of BMCs, in order of preference. */
export function createOobDrivers(config: OobConfig): readonly OobDriver[] {
  return [createRedfishDriver(config.redfish), createManualDriver(config.manual)];
}
