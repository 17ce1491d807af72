/** So many of its intervals may pass between two times that a sweep succeeds. */
const patience = 3;

interface Timed {
  readonly name: string;
  readonly everySeconds: number;
}

/** When each sweep last succeeded, to tell those that no longer do. */
export class SweepClock {
  private readonly succeededAt: Map<string, number>;

  /** @param now monotonic milliseconds; a sweep is given its time from here on */
  constructor(
    private readonly sweeps: readonly Timed[],
    private readonly now: () => number,
  ) {
    const at = now();
    this.succeededAt = new Map(sweeps.map(({ name }) => [name, at]));
  }

  succeeded(name: string): void {
    this.succeededAt.set(name, this.now());
  }

  /** Names, with how long it has been. */
  late(): readonly string[] {
    const now = this.now();
    return this.sweeps.flatMap(({ name, everySeconds }) => {
      const silentSeconds = (now - (this.succeededAt.get(name) ?? now)) / 1000;
      return silentSeconds > patience * everySeconds ? [`${name} (for ${Math.round(silentSeconds)} s)`] : [];
    });
  }
}
