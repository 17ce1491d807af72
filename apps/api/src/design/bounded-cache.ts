interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
  readonly expiresAt: number;
}

export interface CacheBounds {
  /** Of all values together; a value larger than this is not kept. */
  readonly maxBytes: number;
  /** How long a value is kept after it was made, used or not. */
  readonly lifeSeconds: number;
}

/** Values by key; what was not used for longest goes first. */
export class BoundedCache<Value> {
  /** In order of use: a Map keeps the order of insertion. */
  private readonly entries = new Map<string, Entry<Value>>();
  private heldBytes = 0;

  constructor(
    private readonly bounds: CacheBounds,
    /** Monotonic milliseconds. */
    private readonly now: () => number,
  ) {}

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.expiresAt <= this.now()) {
      this.heldBytes -= entry.bytes;
      return undefined;
    }
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    this.remove(key);
    if (bytes > this.bounds.maxBytes) return;
    this.entries.set(key, { value, bytes, expiresAt: this.now() + this.bounds.lifeSeconds * 1000 });
    this.heldBytes += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.heldBytes <= this.bounds.maxBytes) return;
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    this.heldBytes -= this.entries.get(key)?.bytes ?? 0;
    this.entries.delete(key);
  }
}
