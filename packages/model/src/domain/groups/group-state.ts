import type { GroupNeed } from './group.js';

/** A group as its row says, in milliseconds of the database's clock. */
export interface GroupState {
  readonly key: string;
  readonly limit: number;
  held: number;
  readonly spacingMilliseconds: number;
  readonly rampPerMinute: number;
  rampTokens: number;
  lastAdmittedAt: number | null;
  readonly closedUntil: number | null;
  /** Ready since when, and whether holding, the step is that keeps the door: whoever comes after it in order stays out. */
  doorSince: number | null;
  doorIsHolding: boolean;
  /** When the step behind the door was last seen waiting: a door whose step has gone opens by itself. */
  doorSeenAt: number | null;
}

export interface Candidate {
  readonly id: string;
  readonly readySince: number;
  /** The groups in which it has no place yet. */
  readonly needs: readonly GroupNeed[];
  /** It already has a `step` or `task` place: it comes before all that have none. */
  readonly isHolding: boolean;
  /** How many places its task has, by group. */
  readonly company: ReadonlyMap<string, number>;
}
