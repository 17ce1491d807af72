/** A size expression of the design, for instance `20g`, `>500MiB`, `30%` (reference 02 §4.11, 04 §7.3). Exactly one of bytes and percent is set. */
export interface Size {
  readonly minimumBytes: number | null;
  /** Whole percent of the device or volume group that holds the partition or volume. */
  readonly percent: number | null;
  /** `>`: at least this much, and all that is left. */
  readonly isAtLeast: boolean;
}

/** Free and total room of the device or volume group that a size is taken from. */
export interface SizeContext {
  readonly totalBytes: number;
  readonly availableBytes: number;
}

export interface SizeError {
  readonly error: string;
  readonly reason: 'invalid_size' | 'not_enough_storage';
}

/** Kept free for the partition table when a size takes all that is left: 4 MiB (reference 04 §7.3). */
export const reservedBytes = 4 * 1024 ** 2;

const units: Readonly<Record<string, number>> = Object.fromEntries(
  [
    { spellings: ['m', 'M', 'mb', 'MB'], bytes: 10 ** 6 },
    { spellings: ['g', 'G', 'gb', 'GB'], bytes: 10 ** 9 },
    { spellings: ['t', 'T', 'tb', 'TB'], bytes: 10 ** 12 },
    { spellings: ['mi', 'Mi', 'mib', 'MiB'], bytes: 2 ** 20 },
    { spellings: ['gi', 'Gi', 'gib', 'GiB'], bytes: 2 ** 30 },
    { spellings: ['ti', 'Ti', 'tib', 'TiB'], bytes: 2 ** 40 },
  ].flatMap(({ spellings, bytes }) => spellings.map((spelling) => [spelling, bytes] as const)),
);

/** The original read no further than the unit, so blanks after it, as at the end of a YAML block, are none of it. */
const sizePattern = /^(>?)(\d{1,12})([A-Za-z]{1,3}|%)\s*$/;

/** Reads a size expression; text that is none gives an error that says what would be one. */
export function parseSize(text: string): Size | SizeError {
  const [, atLeast, digits, unit] = sizePattern.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return invalid(text);
  const isAtLeast = atLeast === '>';
  if (unit === '%') return { minimumBytes: null, percent: Number(digits), isAtLeast };
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  const minimumBytes = factor === undefined ? NaN : Number(digits) * factor;
  return Number.isSafeInteger(minimumBytes) ? { minimumBytes, percent: null, isAtLeast } : invalid(text);
}

export function isSizeError(value: object): value is SizeError {
  return 'error' in value;
}

/**
 * The bytes that a size means in its context. Without a context only a plain size has a meaning.
 * A size with `>` is everything that is left but the reserve, once its minimum is known to fit.
 */
export function sizeInBytes(size: Size, context: SizeContext | null): number | SizeError {
  if (context === null) {
    if (size.minimumBytes !== null && !size.isAtLeast) return size.minimumBytes;
    return { error: 'a size with % or > needs a device or volume group to be taken from', reason: 'invalid_size' };
  }
  const minimumBytes = size.minimumBytes ?? Math.floor(((size.percent ?? 0) / 100) * context.totalBytes);
  if (minimumBytes > context.availableBytes) {
    return {
      error: `${minimumBytes} bytes are wanted, ${context.availableBytes} are left`,
      reason: 'not_enough_storage',
    };
  }
  return size.isAtLeast ? Math.max(0, context.availableBytes - reservedBytes) : minimumBytes;
}

function invalid(text: string): SizeError {
  return {
    error: `"${text}" is no size; write a whole number and a unit, for instance 20g, 500MiB, >10g or 30%`,
    reason: 'invalid_size',
  };
}
