import type { Comparison } from './problem.js';

export interface SizeFacts {
  /** As the design says it, for instance `20g`, `60%` or `>10g`. */
  readonly size: string | null;
  readonly foundBytes: number;
  /** Of the disk or volume group that holds it. */
  readonly totalBytes: number;
  /** That nothing uses, of the same. */
  readonly freeBytes: number;
}

const mebibyte = 2 ** 20;
/** MAAS gives whole extents of 4 MiB and never more than was asked for. */
const extentBytes = 4 * mebibyte;
/** Partition table, boot loader partition, the reserve of a size with `>`, and two extents for rounding. */
const overheadBytes = 24 * mebibyte;

const unitBytes: Readonly<Record<string, number>> = {
  m: 10 ** 6,
  g: 10 ** 9,
  t: 10 ** 12,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** Reads a size of the design (reference 02 §4.11) and compares what MAAS made of it. */
export function checkSize(what: string, facts: SizeFacts, comparison: Comparison): void {
  const [, atLeast, digits, unit] = /^(>?)(\d+)(%|[a-z]+)$/i.exec(facts.size ?? '') ?? [];
  const factor = unit === '%' ? facts.totalBytes / 100 : unitBytes[(unit ?? '').toLowerCase().replace(/b$/, '')];
  if (digits === undefined || factor === undefined) {
    comparison.note(`size of ${what}`, facts.size, `${facts.foundBytes} bytes, and the wanted size cannot be read`);
    return;
  }
  const wantedBytes = Math.floor(Number(digits) * factor);
  const isTooSmall = facts.foundBytes <= wantedBytes - extentBytes;
  const isTooLarge = atLeast === '>' ? facts.freeBytes > overheadBytes : facts.foundBytes > wantedBytes;
  if (!isTooSmall && !isTooLarge) return;
  const left = atLeast === '>' ? `, and ${facts.freeBytes} bytes are left` : '';
  comparison.note(`size of ${what}`, `${facts.size} (${wantedBytes} bytes)`, `${facts.foundBytes} bytes${left}`);
}
