/** Without a heartbeat for so long a process counts as gone. */
export const leaseMilliseconds = 3000;

/** A process that can die or freeze; what the others see of it is its lease. */
export class Mortal {
  private diedAt: number | null = null;
  private frozenAt = -Infinity;
  private thawsAt = -Infinity;

  constructor(
    readonly id: string,
    private readonly clock: { readonly now: number },
  ) {}

  die(): void {
    this.diedAt ??= this.clock.now;
  }

  freeze(milliseconds: number): void {
    this.frozenAt = this.clock.now;
    this.thawsAt = this.clock.now + milliseconds;
  }

  get isDead(): boolean {
    return this.diedAt !== null;
  }

  /** Until it goes on; 0: it is not frozen. */
  get frozenFor(): number {
    return Math.max(0, this.thawsAt - this.clock.now);
  }

  get isAble(): boolean {
    return !this.isDead && this.frozenFor === 0;
  }

  /** Its lease has not run out. */
  get isLeased(): boolean {
    if (this.diedAt !== null) return this.clock.now - this.diedAt < leaseMilliseconds;
    return this.frozenFor === 0 || this.clock.now - this.frozenAt < leaseMilliseconds;
  }
}
