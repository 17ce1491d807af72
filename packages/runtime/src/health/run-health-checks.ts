import { errorMessage } from '../error-message.js';

/** A check passes by returning (perhaps with a remark worth showing) and fails by throwing. */
export type HealthCheck = () => Promise<string | void> | string | void;

/** One row per thing that the process needs, by name. */
export type HealthChecks = Readonly<Record<string, HealthCheck>>;

export interface CheckResult {
  readonly ok: boolean;
  /** What is wrong, or a remark. */
  readonly detail?: string;
  /** How long it took. */
  readonly milliseconds: number;
}

export interface HealthReport {
  readonly status: 'ok' | 'failed';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

/**
 * Runs all checks at once, each with a time limit; one that hangs counts as failed. However many ask, each check runs
 * once at a time: probes of a database that hangs must not take all of its connections.
 */
export class HealthRunner {
  private readonly running = new Map<HealthCheck, Promise<string | void>>();

  constructor(private readonly timeoutSeconds: number) {}

  async run(checks: HealthChecks): Promise<HealthReport> {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await this.runOne(check)] as const),
    );
    return { status: results.every(([, { ok }]) => ok) ? 'ok' : 'failed', checks: Object.fromEntries(results) };
  }

  private async runOne(check: HealthCheck): Promise<CheckResult> {
    const startedAt = performance.now();
    const took = () => ({ milliseconds: Math.round(performance.now() - startedAt) });
    try {
      const detail = await this.inTime(this.runShared(check));
      return detail === undefined ? { ok: true, ...took() } : { ok: true, detail, ...took() };
    } catch (error) {
      return { ok: false, detail: errorMessage(error), ...took() };
    }
  }

  private runShared(check: HealthCheck): Promise<string | void> {
    const known = this.running.get(check);
    if (known) return known;
    const running = Promise.resolve()
      .then(check)
      .finally(() => this.running.delete(check));
    this.running.set(check, running);
    // Whoever waited has been told by then; nobody may be left to hear it.
    running.catch(() => undefined);
    return running;
  }

  private async inTime<Result>(work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const { timeoutSeconds } = this;
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
