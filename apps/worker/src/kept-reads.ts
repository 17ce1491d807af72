/** The latest answers of reads that always say the same. A read that failed is not kept. */
export class KeptReads<Answer> {
  private readonly kept = new Map<string, Promise<Answer>>();

  /** @param most answers; the one that was asked for longest ago goes first */
  constructor(private readonly most: number) {}

  async get(key: string, read: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return await known;
    }
    const reading = read();
    this.kept.set(key, reading);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
    try {
      return await reading;
    } catch (error) {
      if (this.kept.get(key) === reading) this.kept.delete(key);
      throw error;
    }
  }
}
