import type { Finding, FindingLevel } from '@drydock/model';

/** Passes on so many findings of each level and counts the rest: a small text can be wrong in a million places. */
export class LimitedFindings {
  readonly #most: number;
  readonly #pass: (finding: Finding) => void;
  readonly #counts: Record<FindingLevel, number> = { error: 0, warning: 0, info: 0 };

  constructor(most: number, pass: (finding: Finding) => void) {
    this.#most = most;
    this.#pass = pass;
  }

  add(finding: Finding): void {
    this.#counts[finding.level] += 1;
    if (this.#counts[finding.level] <= this.#most) this.#pass(finding);
  }

  /** How many of a level were not passed on. */
  unsaid(level: FindingLevel): number {
    return Math.max(0, this.#counts[level] - this.#most);
  }
}
