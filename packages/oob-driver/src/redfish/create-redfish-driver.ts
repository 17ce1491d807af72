import type { OobDriver } from '@drydock/model';
import type { RedfishConfig } from '../oob-config.js';
import { bmcMethod } from './bmc-method.js';
import { interrogateOob } from './interrogate-oob.js';
import { setNodeBoot } from './set-node-boot.js';
import { switchPower } from './switch-power.js';

/** BMCs that speak Redfish (DMTF DSP0266). */
export function createRedfishDriver(config: RedfishConfig): OobDriver {
  return {
    types: ['redfish'],
    interrogate_oob: bmcMethod(config, interrogateOob),
    set_node_boot: bmcMethod(config, setNodeBoot),
    power_off_node: bmcMethod(config, (call) => switchPower(call, ['Off'])),
    power_on_node: bmcMethod(config, (call) => switchPower(call, ['On'])),
    power_cycle_node: bmcMethod(config, (call) => switchPower(call, ['Off', 'On'])),
  };
}
