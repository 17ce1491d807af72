/**
 * Whether this process may expire others. Who could not reach Postgres for a lease knows nothing of the others, who
 * perhaps could not either: it expires nobody for one more lease after it reaches it again.
 */
export class Reach {
  private lastReachedAt: number;
  private expiresNobodyBefore = 0;

  /** @param now monotonic milliseconds */
  constructor(
    private readonly leaseMilliseconds: number,
    private readonly now: () => number,
  ) {
    this.lastReachedAt = now();
  }

  reached(): void {
    const at = this.now();
    if (at - this.lastReachedAt > this.leaseMilliseconds) this.expiresNobodyBefore = at + this.leaseMilliseconds;
    this.lastReachedAt = at;
  }

  /** Since Postgres was last reached. */
  get silentSeconds(): number {
    return (this.now() - this.lastReachedAt) / 1000;
  }

  get mayExpire(): boolean {
    const at = this.now();
    return at >= this.expiresNobodyBefore && at - this.lastReachedAt <= this.leaseMilliseconds;
  }
}
