/** A bucket of tokens; each further try or attempt takes one. */
export interface BudgetPolicy {
  /** Tries that may follow each other as fast as the backoff lets them. */
  readonly tries: number;
  /** Tries that come back, evenly. */
  readonly refillPerHour: number;
}

export interface RetryPolicy {
  /** Calls that may throw in one attempt of a step. */
  readonly stepTries: number;
  /** Over all tasks. */
  readonly node: BudgetPolicy;
  readonly bmc: BudgetPolicy;
}

/**
 * Enough for a step whose other side is gone until its deadline, at the longest pause with full jitter (4 a minute): what
 * is cut short is the machine that fails in attempt after attempt and task after task.
 */
export const defaultRetryPolicy: RetryPolicy = {
  stepTries: 200,
  node: { tries: 120, refillPerHour: 120 },
  bmc: { tries: 120, refillPerHour: 120 },
};

/** A bucket as its row says. */
export interface BudgetState {
  /** `node:<provisioner>:<name>` or `bmc:<address:port>`. */
  readonly key: string;
  /** Left at `refilledAt`. */
  readonly tokens: number;
  /** Milliseconds of the database's clock. */
  readonly refilledAt: number;
}

/** What the step's own budget is called where others are named by their key. */
export const stepBudget = 'the step';

const millisecondsPerHour = 3_600_000;

/** Budgets at one moment, and what is taken from them. One that nobody has used yet is full. */
export class RetryBudgets {
  private readonly tokens = new Map<string, number>();
  private readonly used = new Set<string>();

  constructor(
    states: readonly BudgetState[],
    private readonly policy: RetryPolicy,
    private readonly now: number,
  ) {
    for (const { key, tokens, refilledAt } of states) {
      const { tries, refillPerHour } = this.policyOf(key);
      const back = (Math.max(0, now - refilledAt) * refillPerHour) / millisecondsPerHour;
      this.tokens.set(key, Math.min(tries, tokens + back));
    }
  }

  /**
   * Takes one of each, or nothing.
   * @returns the budget that is used up; null: paid
   */
  spend(keys: readonly string[]): string | null {
    const empty = keys.find((key) => this.left(key) < 1);
    if (empty !== undefined) return empty;
    for (const key of keys) {
      this.tokens.set(key, this.left(key) - 1);
      this.used.add(key);
    }
    return null;
  }

  /** As `spend`, for one more try of a step that has had so many in this attempt. */
  spendTry(triesTotal: number, keys: readonly string[]): string | null {
    return triesTotal > this.policy.stepTries ? stepBudget : this.spend(keys);
  }

  /** What must be written. */
  spent(): readonly BudgetState[] {
    return [...this.used].map((key) => ({ key, tokens: this.left(key), refilledAt: this.now }));
  }

  private left(key: string): number {
    return this.tokens.get(key) ?? this.policyOf(key).tries;
  }

  private policyOf(key: string): BudgetPolicy {
    return key.startsWith('bmc:') ? this.policy.bmc : this.policy.node;
  }
}
