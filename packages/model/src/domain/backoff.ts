export interface BackoffPolicy {
  readonly baseSeconds: number;
  readonly factor: number;
  readonly capSeconds: number;
}

/** Exponential with full jitter: anything between nothing and the cap of this try (counts from 0). */
export function backoffSeconds(policy: BackoffPolicy, tryNumber: number, random: number): number {
  const ceiling = Math.min(policy.capSeconds, policy.baseSeconds * policy.factor ** tryNumber);
  return ceiling * random;
}
