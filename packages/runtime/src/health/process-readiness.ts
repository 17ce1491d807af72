import type { Closers } from '../process-life/closers.js';
import {
  type CheckResult,
  type HealthCheck,
  type HealthChecks,
  type HealthReport,
  HealthRunner,
} from './run-health-checks.js';

const defaultTimeoutSeconds = 2;

interface Remark {
  readonly check: HealthCheck;
  /** What it means for the work of the process when the check fails. */
  readonly meaning: string;
}

/**
 * Whether a process does its work, asked anew at every probe: all of its parts are there, it does not stop, and every
 * check passes.
 */
export class ProcessReadiness {
  private readonly runner: HealthRunner;
  private phase: 'starting' | 'serving' | 'stopping' = 'starting';
  private checks: HealthChecks = {};
  private remarks: Readonly<Record<string, Remark>> = {};

  constructor(timeoutSeconds = defaultTimeoutSeconds) {
    this.runner = new HealthRunner(timeoutSeconds);
  }

  /** More checks that must pass, by name. */
  add(checks: HealthChecks): void {
    this.checks = { ...this.checks, ...checks };
  }

  /** A check that is shown, and without which the process works all the same. */
  addRemark(name: string, remark: Remark): void {
    this.remarks = { ...this.remarks, [name]: remark };
  }

  /** Everything is there: to be called last, so that closing begins with telling that we stop. */
  serve(closers: Pick<Closers, 'add'>): void {
    this.phase = 'serving';
    closers.add('readiness', () => this.stop());
  }

  /** From now on not ready, whatever the checks would say. */
  stop(): void {
    this.phase = 'stopping';
  }

  async report(): Promise<HealthReport> {
    // Of a process that stops the checks would only tell what it has closed already.
    if (this.phase === 'stopping') {
      return { status: 'failed', checks: { process: { ok: false, detail: 'stopping', milliseconds: 0 } } };
    }
    const [needed, others] = await Promise.all([
      this.runner.run({ process: this.checkPhase, ...this.checks }),
      this.runner.run(Object.fromEntries(Object.entries(this.remarks).map(([name, { check }]) => [name, check]))),
    ]);
    const shown = Object.entries(others.checks).map(([name, result]) => [name, this.softened(name, result)]);
    return { status: needed.status, checks: { ...needed.checks, ...Object.fromEntries(shown) } };
  }

  private softened(name: string, { ok, detail, milliseconds }: CheckResult): CheckResult {
    const result = { ok: true, milliseconds };
    if (ok) return detail === undefined ? result : { ...result, detail };
    return { ...result, detail: `${detail ?? 'failed'}; ${this.remarks[name]?.meaning ?? ''}` };
  }

  private readonly checkPhase = (): void => {
    if (this.phase !== 'serving') throw new Error(this.phase);
  };
}
