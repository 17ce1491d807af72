/** Port: wakes a scheduler up to look at a lane. A ring may be lost, doubled or late; a sweep makes up for it. */
export interface TaskBell {
  /** `ring` counts the rings of the task, so that no job id is used twice. */
  ring(task: {
    readonly id: string;
    readonly action: string;
    readonly lane: string;
    readonly ring: number;
  }): Promise<void>;
}
