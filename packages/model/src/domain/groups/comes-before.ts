/** What decides the order of admission. */
export interface Standing {
  /** Milliseconds. */
  readonly readySince: number;
  /** It has lasting places already, which others may wait for. */
  readonly isHolding: boolean;
}

/** Who is asked first: steps that hold something, then the oldest. */
export function comesBefore(one: Standing, other: Standing): boolean {
  return one.isHolding === other.isHolding ? one.readySince < other.readySince : one.isHolding;
}
