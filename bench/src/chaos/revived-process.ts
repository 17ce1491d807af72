import { type Log, type ProcessSpec, startProcesses } from '@drydock/runtime';

export interface RevivedOptions {
  readonly spec: ProcessSpec;
  readonly logDirectory: string;
  readonly log: Log;
}

const lookMilliseconds = 25;
/** After a start that failed, e.g. because Postgres was away. */
const againMilliseconds = 250;

/** One process that is started again at once whenever it ends: it is not its own fault, so nothing is learned by waiting. */
export class RevivedProcess {
  readonly #options: RevivedOptions;
  #pid: () => number | undefined = () => undefined;
  #end: () => Promise<void> = () => Promise.resolve();
  #isStopped = false;
  #life: Promise<void> = Promise.resolve();
  #starts = 0;

  private constructor(options: RevivedOptions) {
    this.#options = options;
  }

  /** Resolves when it is ready for the first time. */
  static async start(options: RevivedOptions): Promise<RevivedProcess> {
    const process = new RevivedProcess(options);
    await process.#begin();
    process.#life = process.#live();
    return process;
  }

  get name(): string {
    return this.#options.spec.name;
  }

  /** Undefined while it is not ready. */
  get pid(): number | undefined {
    return this.#pid();
  }

  get starts(): number {
    return this.#starts;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#life;
    await this.#end();
  }

  async #begin(): Promise<void> {
    const { spec, logDirectory, log } = this.#options;
    const processes = await startProcesses({ processes: [{ ...spec, restart: false }], logDirectory, log });
    const running = processes.byName.get(spec.name);
    this.#starts += 1;
    this.#pid = () => running?.pid;
    this.#end = () => processes.stop();
  }

  async #live(): Promise<void> {
    while (!this.#isStopped) {
      if (this.pid !== undefined) {
        await pause(lookMilliseconds);
        continue;
      }
      try {
        await this.#end();
        await this.#begin();
      } catch (error) {
        this.#options.log.info('process not started yet', { process: this.name, error });
        await pause(againMilliseconds);
      }
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
