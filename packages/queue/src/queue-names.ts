/** One queue per lane; its jobs say "look at this lane". BullMQ refuses a colon in a name. */
export function laneQueueName(lane: string): string {
  return `tasks-${lane}`;
}

/** Admitted steps of every task and lane. */
export const stepsQueueName = 'steps';
