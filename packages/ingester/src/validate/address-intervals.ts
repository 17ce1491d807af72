/** Addresses of one network from `first` to `last`, both inside. */
export interface AddressInterval {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses that answers in logarithmic time, however many ranges it was made from. */
export class AddressIntervals {
  /** Sorted, without overlap. */
  readonly #intervals: readonly AddressInterval[];

  constructor(intervals: readonly AddressInterval[]) {
    this.#intervals = joined(intervals);
  }

  get isEmpty(): boolean {
    return this.#intervals.length === 0;
  }

  has(value: bigint): boolean {
    let low = 0;
    let high = this.#intervals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#intervals[middle]?.first ?? 0n) <= value) low = middle + 1;
      else high = middle;
    }
    return low > 0 && value <= (this.#intervals[low - 1]?.last ?? -1n);
  }
}

function joined(intervals: readonly AddressInterval[]): readonly AddressInterval[] {
  const sorted = [...intervals].sort(
    (left, right) => Number(left.first > right.first) - Number(left.first < right.first),
  );
  const result: AddressInterval[] = [];
  for (const interval of sorted) {
    const before = result.at(-1);
    if (before === undefined || interval.first > before.last) result.push(interval);
    else if (interval.last > before.last) result[result.length - 1] = { ...before, last: interval.last };
  }
  return result;
}
