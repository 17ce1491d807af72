/** The numbers behind the groups. One table; every one can be configured. */
export interface GroupLimits {
  /** Calls to one provisioner at a time. */
  readonly provisionerCalls: number;
  /** Deployments in flight per provisioner. */
  readonly deployments: number;
  readonly deploymentsPerMinute: number;
  /** Machines that are switched on at a time in one rack. */
  readonly rackPower: number;
  readonly rackPowerSpacingMilliseconds: number;
  /** Least time between two steps on one BMC, by out-of-band type; 0 where not named. */
  readonly bmcSpacingMilliseconds: Readonly<Record<string, number>>;
  /** Steps in the queue per live worker slot. */
  readonly stepsPerSlot: number;
}

export const defaultGroupLimits: GroupLimits = {
  provisionerCalls: 8,
  deployments: 30,
  deploymentsPerMinute: 30,
  rackPower: 4,
  rackPowerSpacingMilliseconds: 1000,
  bmcSpacingMilliseconds: { ipmi: 5000 },
  stepsPerSlot: 4,
};
