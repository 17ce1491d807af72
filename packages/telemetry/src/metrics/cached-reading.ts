export interface ReadingLimits {
  /** Who asks within this time gets the same answer. */
  readonly keepSeconds: number;
  /** Who has waited this long gets an error; the reading goes on for the next. */
  readonly limitSeconds: number;
}

/** Reads at most once at a time and keeps the answer for a while: many who ask cost what one costs. Failures are not kept. */
export class CachedReading<Value> {
  private reading: Promise<Value> | null = null;
  private kept: { readonly value: Value; readonly at: number } | null = null;

  /** @param now monotonic milliseconds */
  constructor(
    private readonly read: () => Promise<Value>,
    private readonly limits: ReadingLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what `read` threw, or that it took too long */
  async get(): Promise<Value> {
    const { kept } = this;
    if (kept !== null && this.now() - kept.at < this.limits.keepSeconds * 1000) return kept.value;
    this.reading ??= this.start();
    return await this.inTime(this.reading);
  }

  private async start(): Promise<Value> {
    try {
      const value = await this.read();
      this.kept = { value, at: this.now() };
      return value;
    } finally {
      this.reading = null;
    }
  }

  private async inTime(reading: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const { limitSeconds } = this.limits;
      timer = setTimeout(() => reject(new Error(`no answer within ${limitSeconds} s`)), limitSeconds * 1000);
    });
    try {
      return await Promise.race([reading, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
