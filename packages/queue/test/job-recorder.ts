import type { ConsumeOptions, PutBack, RungJob } from '@drydock/queue';

type Answer = (job: RungJob) => Promise<PutBack | void> | PutBack | void;

/** Remembers which jobs a handler got, how many at once, and lets a test wait for them. */
export class JobRecorder {
  readonly ids: string[] = [];
  readonly jobs: RungJob[] = [];
  readonly errors: Error[] = [];
  mostAtOnce = 0;
  #atOnce = 0;
  #waiting: { readonly isReached: () => boolean; readonly resolve: () => void }[] = [];

  /** Options for `consume` whose handler records and then does as told. */
  options(concurrency = 1, answer: Answer = () => undefined): ConsumeOptions {
    return {
      concurrency,
      onError: (error) => this.errors.push(error),
      handle: async (job) => {
        this.ids.push(job.id);
        this.jobs.push(job);
        this.#atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
        this.#tell();
        try {
          return await answer(job);
        } finally {
          this.#atOnce -= 1;
          this.#tell();
        }
      },
    };
  }

  /** Resolves when so many jobs began. */
  began(count: number): Promise<void> {
    return this.#until(() => this.ids.length >= count);
  }

  /** Resolves when so many jobs began and none runs. */
  ended(count: number): Promise<void> {
    return this.#until(() => this.ids.length >= count && this.#atOnce === 0);
  }

  #until(isReached: () => boolean): Promise<void> {
    if (isReached()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isReached, resolve }));
  }

  #tell(): void {
    const reached = this.#waiting.filter(({ isReached }) => isReached());
    this.#waiting = this.#waiting.filter((waiting) => !reached.includes(waiting));
    for (const { resolve } of reached) resolve();
  }
}

/** A handler that ends when the test says so. */
export class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
