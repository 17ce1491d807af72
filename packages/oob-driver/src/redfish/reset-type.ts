export type PowerGoal = 'Off' | 'On';

/** In order of preference (reference 04 §11). */
const resetTypes = {
  Off: ['ForceOff', 'GracefulShutdown', 'PushPowerButton'],
  On: ['On', 'ForceOn', 'PushPowerButton'],
} as const satisfies Record<PowerGoal, readonly string[]>;

/** The best reset that the BMC offers; the usual one when it does not say; null when it offers none that serves. */
export function resetType(goal: PowerGoal, allowable: readonly string[] | null): string | null {
  if (allowable === null || allowable.length === 0) return resetTypes[goal][0];
  return resetTypes[goal].find((type) => allowable.includes(type)) ?? null;
}
