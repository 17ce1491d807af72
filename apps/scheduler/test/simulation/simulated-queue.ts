import type * as modelDb from '@drydock/model/db';

export interface Job {
  readonly stepId: string;
  readonly ring: number;
}

/** The queue of doorbells, first in first out. */
export class SimulatedQueue {
  private jobs: Job[] = [];
  private readonly waiting = new Set<string>();
  flushes = 0;

  ring(steps: readonly Pick<modelDb.Ringable, 'id' | 'ring'>[]): void {
    for (const { id, ring } of steps) {
      const job = { stepId: id, ring };
      if (this.waiting.has(jobId(job))) continue;
      this.waiting.add(jobId(job));
      this.jobs.push(job);
    }
  }

  take(): Job | undefined {
    const job = this.jobs.shift();
    if (job) this.waiting.delete(jobId(job));
    return job;
  }

  isWaiting(job: Job): boolean {
    return this.waiting.has(jobId(job));
  }

  flush(): void {
    this.flushes += 1;
    this.jobs = [];
    this.waiting.clear();
  }
}

function jobId({ stepId, ring }: Job): string {
  return `${stepId}-${ring}`;
}
