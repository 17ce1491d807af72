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

  /** @param make is called only for those that are passed on. */
  add(level: FindingLevel, make: () => Finding): void {
    this.#counts[level] += 1;
    if (this.#counts[level] <= this.#most) this.#pass(make());
  }

  /** How many of a level were not passed on. */
  unsaid(level: FindingLevel): number {
    return Math.max(0, this.#counts[level] - this.#most);
  }
}
