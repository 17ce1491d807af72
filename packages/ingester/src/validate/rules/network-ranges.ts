import type { NetworkRange } from '@drydock/model';
import type { DesignFacts, NetworkFacts, RangeFacts } from '../design-facts.js';
import { parseAddress, type Cidr } from '../ip-text.js';
import { aboutNetwork, type ValidationRule } from '../validation-rule.js';

interface Wrong {
  readonly index: number;
  readonly message: string;
  readonly diagnostic: string;
}

const types: ReadonlySet<string> = new Set(['static', 'dhcp', 'reserved']);

/** The provisioner refuses a range that overlaps another or leaves its network; the original did not look (02 §6.4). */
export const networkRanges: ValidationRule = {
  id: 'network.ranges',
  code: 'DD2008',
  title: 'Network Ranges',
  check({ site: { networks } }, report, facts) {
    for (const { name } of networks) {
      for (const { index, message, diagnostic } of problemsOf(name, facts)) {
        report.advice({
          message: `network ${name}: ${message}`,
          diagnostic,
          about: aboutNetwork(name),
          keys: ['ranges', index],
        });
      }
    }
  },
};

function problemsOf(name: string, facts: DesignFacts): readonly Wrong[] {
  const network = facts.network(name);
  if (network === undefined) return [];
  const { ranges } = network.network;
  return [
    ...ranges.flatMap((range, index) => shapeOf(range, index)),
    ...(network.cidr === null ? [] : outsidersOf(network, network.cidr)),
    ...overlapsOf(network),
  ];
}

function shapeOf({ type, start, end }: NetworkRange, index: number): readonly Wrong[] {
  const wrong: Wrong[] = [];
  if (!types.has(type)) {
    const diagnostic = `write one of ${[...types].join(', ')}`;
    wrong.push({ index, message: `the range from ${start} to ${end} has the type "${type}"`, diagnostic });
  }
  const first = parseAddress(start ?? '');
  const last = parseAddress(end ?? '');
  if (first !== null && last !== null && (first.family !== last.family || first.value > last.value)) {
    wrong.push({ index, message: `the range from ${start} to ${end} is empty`, diagnostic: 'exchange start and end' });
  }
  return wrong;
}

function outsidersOf({ network, ranges }: NetworkFacts, cidr: Cidr): readonly Wrong[] {
  return ranges
    .filter(({ family, first, last }) => family !== cidr.family || first < cidr.first || last > cidr.last)
    .map((range) => ({
      index: range.index,
      message: `${nameOf(network.ranges, range)} is not inside ${cidr.text}`,
      diagnostic: `correct the range, or the cidr`,
    }));
}

/** Each range that begins before an earlier one ends, with the one that reaches farthest. */
function overlapsOf({ network, ranges }: NetworkFacts): readonly Wrong[] {
  const wrong: Wrong[] = [];
  for (const family of [4, 6] as const) {
    const sorted = ranges
      .filter((range) => range.family === family)
      .sort((left, right) => Number(left.first > right.first) - Number(left.first < right.first));
    let farthest: RangeFacts | undefined;
    for (const range of sorted) {
      if (farthest !== undefined && range.first <= farthest.last) {
        wrong.push({
          index: range.index,
          message: `${nameOf(network.ranges, range)} overlaps ${nameOf(network.ranges, farthest)}`,
          diagnostic: 'let each address be in one range at most',
        });
      }
      if (farthest === undefined || range.last > farthest.last) farthest = range;
    }
  }
  return wrong;
}

function nameOf(ranges: readonly NetworkRange[], { type, index }: RangeFacts): string {
  return `the ${type} range from ${ranges[index]?.start} to ${ranges[index]?.end}`;
}
