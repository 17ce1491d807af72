/** How long one request of a class may take (reference 04 R-2). */
export interface TimeLimits {
  readonly connectSeconds: number;
  readonly readSeconds: number;
  readonly listSeconds: number;
  readonly writeSeconds: number;
  /** Requests in which MAAS waits for a BMC. */
  readonly machineSeconds: number;
}

export const defaultTimeLimits: TimeLimits = {
  connectSeconds: 5,
  readSeconds: 30,
  listSeconds: 120,
  writeSeconds: 120,
  machineSeconds: 300,
};

export type CallClass = Exclude<keyof TimeLimits, 'connectSeconds'>;
