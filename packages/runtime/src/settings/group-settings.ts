import { defaultGroupLimits as usual, type GroupLimits } from '@drydock/model';
import { type InferType, number } from 'yup';
import { byOobTypeSetting } from './by-oob-type-setting.js';
import { stepsPerSlotSetting } from './steps-per-slot-setting.js';

const count = (variable: string, value: number) => number().integer().min(1).default(value).meta({ env: variable });
const rate = (variable: string, value: number) => number().integer().min(0).default(value).meta({ env: variable });

/** Every number of the concurrency groups. */
export const groupSettings = {
  provisionerCalls: count('DRYDOCK_LIMIT_PROVISIONER_CALLS', usual.provisionerCalls),
  deployments: count('DRYDOCK_LIMIT_DEPLOYMENTS', usual.deployments),
  deploymentsPerMinute: rate('DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE', usual.deploymentsPerMinute),
  rackPower: count('DRYDOCK_LIMIT_RACK_POWER', usual.rackPower),
  rackPowerSpacingMilliseconds: rate('DRYDOCK_RACK_POWER_SPACING_MILLISECONDS', usual.rackPowerSpacingMilliseconds),
  bmcSteps: byOobTypeSetting('DRYDOCK_LIMIT_BMC', usual.bmcSteps, 1),
  bmcSpacingMilliseconds: byOobTypeSetting('DRYDOCK_BMC_SPACING_MILLISECONDS', usual.bmcSpacingMilliseconds, 0),
  stepsPerSlot: stepsPerSlotSetting,
  doorSeconds: rate('DRYDOCK_GROUP_DOOR_SECONDS', usual.doorAfterMilliseconds / 1000),
};

type GroupConfig = { readonly [Field in keyof typeof groupSettings]: InferType<(typeof groupSettings)[Field]> };

export function groupLimitsOf(config: GroupConfig): GroupLimits {
  return {
    provisionerCalls: config.provisionerCalls,
    deployments: config.deployments,
    deploymentsPerMinute: config.deploymentsPerMinute,
    rackPower: config.rackPower,
    rackPowerSpacingMilliseconds: config.rackPowerSpacingMilliseconds,
    bmcSteps: config.bmcSteps,
    bmcSpacingMilliseconds: config.bmcSpacingMilliseconds,
    stepsPerSlot: config.stepsPerSlot,
    doorAfterMilliseconds: config.doorSeconds * 1000,
  };
}
