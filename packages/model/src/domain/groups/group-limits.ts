/** A number for each type of out-of-band interface. */
export interface ByOobType {
  /** Of types that are not named, and of nodes whose type is not known. */
  readonly others: number;
  readonly byType: Readonly<Record<string, number>>;
}

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
  /** Steps on one BMC at a time. */
  readonly bmcSteps: ByOobType;
  /** Least time between two steps on one BMC. */
  readonly bmcSpacingMilliseconds: ByOobType;
  /** Steps in the queue per live worker slot. */
  readonly stepsPerSlot: number;
  /** After this long a step keeps younger ones out of the groups that lack room for it. */
  readonly doorAfterMilliseconds: number;
}

export function ofOobType({ others, byType }: ByOobType, oobType: string | null): number {
  return byType[oobType ?? ''] ?? others;
}

export const defaultGroupLimits: GroupLimits = {
  provisionerCalls: 8,
  deployments: 30,
  deploymentsPerMinute: 30,
  rackPower: 4,
  rackPowerSpacingMilliseconds: 1000,
  bmcSteps: { others: 1, byType: {} },
  bmcSpacingMilliseconds: { others: 0, byType: { ipmi: 5000 } },
  stepsPerSlot: 4,
  doorAfterMilliseconds: 30_000,
};
