/**
 * How long a place is held.
 * call: while a worker acts. step: from admission to the end, through waiting and retries.
 * task: from a node's first admission until its last step of that task ended.
 * steps: admitted and not ended or waiting (back-pressure).
 */
export type GroupScope = 'call' | 'step' | 'task' | 'steps';

/** A group that a step needs a place in, with the limits that hold when its row is made. */
export interface GroupNeed {
  readonly key: string;
  readonly scope: GroupScope;
  readonly limit: number;
  /** Places taken; `limit` for exclusive use. */
  readonly weight: number;
  readonly spacingMilliseconds: number;
  /** 0: no ramp. */
  readonly rampPerMinute: number;
  /** Who has a place may change the machine: shut for a while after an end whose effect nobody knows (house §3.7). */
  readonly guardsMachine: boolean;
}
