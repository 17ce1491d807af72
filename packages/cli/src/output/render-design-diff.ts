import type { DesignDiff, PartDiff, ValueDiff } from '@drydock/model';
import { printable } from './printable.js';

const marks = { added: '+', removed: '-', changed: '~' } as const satisfies Record<PartDiff['change'], string>;

/** How a difference can be printed: for people, or as one line of JSON. */
export const diffFormats = {
  text: diffText,
  json: (diff) => `${JSON.stringify(diff)}\n`,
} as const satisfies Record<string, (diff: DesignDiff) => string>;

export type DiffFormat = keyof typeof diffFormats;

export function isDifferent({ parts, bootActionOrder }: DesignDiff): boolean {
  return parts.length > 0 || bootActionOrder !== null;
}

/** A line per part, `+` added, `-` removed, `~` changed, and below it every effective value that differs. */
function diffText(diff: DesignDiff): string {
  if (!isDifferent(diff)) return 'the designs mean the same\n';
  const { parts, bootActionOrder: order } = diff;
  const lines = [
    ...parts.flatMap(({ change, kind, name, values }) => [
      `${marks[change]} ${kind} ${name}`,
      ...values.map(valueLine),
    ]),
    ...(order ? [`~ order of boot actions\n    ${order.before.join(', ')} → ${order.after.join(', ')}`] : []),
    summaryLine(parts),
  ];
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function valueLine({ path, before, after }: ValueDiff): string {
  return `    ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

function summaryLine(parts: readonly PartDiff[]): string {
  const counts = (of: readonly PartDiff[]): string =>
    (['added', 'removed', 'changed'] as const)
      .map((change) => `${of.filter((part) => part.change === change).length} ${change}`)
      .join(', ');
  return `nodes: ${counts(parts.filter(({ kind }) => kind === 'BaremetalNode'))}; all: ${counts(parts)}`;
}
