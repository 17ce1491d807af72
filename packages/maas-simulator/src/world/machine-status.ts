/** Status numbers and names of a machine (05 §6.1). */
export const statusNames = {
  0: 'New',
  1: 'Commissioning',
  2: 'Failed commissioning',
  3: 'Missing',
  4: 'Ready',
  5: 'Reserved',
  6: 'Deployed',
  7: 'Retired',
  8: 'Broken',
  9: 'Deploying',
  10: 'Allocated',
  11: 'Failed deployment',
  12: 'Releasing',
  13: 'Releasing failed',
  14: 'Disk erasing',
  15: 'Failed disk erasing',
  16: 'Rescue mode',
  17: 'Entering rescue mode',
  18: 'Failed to enter rescue mode',
  19: 'Exiting rescue mode',
  20: 'Failed to exit rescue mode',
  21: 'Testing',
  22: 'Failed testing',
} as const;

export type StatusCode = keyof typeof statusNames;

/** Names for reading code; the numbers are the wire. */
export const status = {
  new: 0,
  commissioning: 1,
  failedCommissioning: 2,
  missing: 3,
  ready: 4,
  reserved: 5,
  deployed: 6,
  retired: 7,
  broken: 8,
  deploying: 9,
  allocated: 10,
  failedDeployment: 11,
  releasing: 12,
  releasingFailed: 13,
  diskErasing: 14,
  failedDiskErasing: 15,
  rescueMode: 16,
  enteringRescueMode: 17,
  failedEnteringRescueMode: 18,
  exitingRescueMode: 19,
  failedExitingRescueMode: 20,
  testing: 21,
  failedTesting: 22,
} as const satisfies Record<string, StatusCode>;

/** The words of the `status=` filter. */
export const statusFilterNames: Readonly<Record<string, StatusCode>> = {
  new: 0,
  commissioning: 1,
  failed_commissioning: 2,
  missing: 3,
  ready: 4,
  reserved: 5,
  deployed: 6,
  retired: 7,
  broken: 8,
  deploying: 9,
  allocated: 10,
  failed_deployment: 11,
  releasing: 12,
  failed_releasing: 13,
  releasing_failed: 13,
  disk_erasing: 14,
  failed_disk_erasing: 15,
  rescue_mode: 16,
  entering_rescue_mode: 17,
  failed_entering_rescue_mode: 18,
  exiting_rescue_mode: 19,
  failed_exiting_rescue_mode: 20,
  testing: 21,
  failed_testing: 22,
};

/** Which status may follow which (05 §6.2). */
export const allowedMoves: Readonly<Record<StatusCode, readonly StatusCode[]>> = {
  0: [1, 21, 3, 4, 7, 8, 17],
  1: [2, 4, 7, 3, 0, 8, 21],
  2: [1, 3, 7, 8, 17, 21],
  3: [0, 4, 10, 1, 8, 17, 21],
  4: [17, 1, 10, 5, 7, 3, 8, 21],
  5: [4, 10, 7, 3, 8, 14, 12, 17, 21],
  6: [10, 3, 8, 4, 14, 12, 17, 21],
  7: [0, 4, 3, 8, 17, 21],
  8: [1, 4, 14, 12, 17, 21, 6],
  9: [10, 3, 8, 11, 6, 4, 14, 12],
  10: [4, 7, 3, 8, 9, 14, 12, 17, 21],
  11: [10, 3, 8, 4, 14, 12, 17, 21],
  12: [0, 10, 5, 6, 4, 8, 3, 11, 15, 13],
  13: [12, 14, 4, 8, 21],
  14: [8, 14, 15, 4, 12],
  15: [14, 12, 8, 10, 4, 17, 21],
  16: [8, 19, 21],
  17: [4, 8, 6, 16, 18, 19],
  18: [8, 17, 19, 21],
  19: [0, 8, 2, 4, 5, 10, 11, 6, 3, 7, 13, 15, 16, 18, 20, 22],
  20: [8, 19, 21],
  21: [8, 0, 2, 4, 5, 10, 6, 11, 22],
  22: [1, 8, 3, 17, 21, 4, 6],
};

/** Where each operation is allowed (04 §15.2). */
export const operationStatuses = {
  commission: [0, 2, 4, 8],
  deploy: [4, 10],
  release: [10, 5, 8, 9, 6, 11, 15, 13],
  releaseNothingToDo: [4, 12],
  restoreConfiguration: [4, 22],
  storage: [4],
  format: [4, 10],
  interface: [0, 4, 22, 10, 8],
  annotate: [10, 9, 6, 11, 5, 14, 12, 13, 15],
} as const satisfies Record<string, readonly StatusCode[]>;

/** True when the operation may be called on a machine in this status. */
export function mayRun(operation: keyof typeof operationStatuses, code: StatusCode): boolean {
  const allowed: readonly StatusCode[] = operationStatuses[operation];
  return allowed.includes(code);
}
