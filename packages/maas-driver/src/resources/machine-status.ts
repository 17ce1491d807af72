/** Status numbers of MAAS (reference 04 §15.1). Decisions use them, never names. */
export const machineStatus = {
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
  failedToEnterRescueMode: 18,
  exitingRescueMode: 19,
  failedToExitRescueMode: 20,
  testing: 21,
  failedTesting: 22,
} as const;

const known = new Set<number>(Object.values(machineStatus));

/** An unknown number is never taken as success (reference 04 R-10). */
export function isKnownStatus(status: number): boolean {
  return known.has(status);
}

type Ends = Readonly<Record<'ok' | 'waits', ReadonlySet<number>>>;
export type OperationState = 'ok' | 'waiting' | 'failed';

const s = machineStatus;

/** Where an operation that was started has got to; any status not named is its failure (reference 04 R-12). */
const operations = {
  commission: { ok: new Set([s.ready]), waits: new Set([s.commissioning, s.testing]) },
  deploy: { ok: new Set([s.deployed]), waits: new Set([s.deploying]) },
  release: { ok: new Set([s.ready, s.new]), waits: new Set([s.releasing, s.diskErasing]) },
} as const satisfies Record<string, Ends>;

export type Operation = keyof typeof operations;

export function operationState(operation: Operation, status: number): OperationState {
  const ends: Ends = operations[operation];
  if (ends.ok.has(status)) return 'ok';
  return ends.waits.has(status) ? 'waiting' : 'failed';
}
