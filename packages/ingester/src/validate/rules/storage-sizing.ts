import { isSizeError } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

/** A percentage of 100 leaves no room for the partition table (02 §6.3). */
const maximumPercent = 99;

interface Part {
  readonly name: string;
  readonly size: string | null;
}

interface Wrong {
  readonly level: 'error' | 'advice';
  /** Of the device or volume group. */
  readonly what: string;
  readonly message: string;
  readonly diagnostic: string;
}

/** Each volume group counts by itself; the original added up all of a node, once per disk (02 §6.3). */
export const storageSizing: ValidationRule = {
  id: 'storage.sizing',
  code: 'DD2003',
  title: 'Storage Sizing',
  check({ nodes }, report, facts) {
    for (const { name: node, storage } of nodes) {
      for (const { name, partitions } of storage.devices) {
        const wrong = problemsOf(partitions, facts);
        if (wrong.length > 0) tell(wrong, { node, where: `device ${name}`, keys: ['physical_devices', name] }, report);
      }
      for (const { name, logicalVolumes } of storage.volumeGroups) {
        const wrong = problemsOf(logicalVolumes, facts);
        if (wrong.length > 0)
          tell(wrong, { node, where: `volume group ${name}`, keys: ['volume_groups', name] }, report);
      }
    }
  },
};

interface Whole {
  readonly node: string;
  readonly where: string;
  readonly keys: readonly string[];
}

function tell(wrong: readonly Wrong[], { node, where, keys }: Whole, report: RuleReport): void {
  for (const { level, what, message, diagnostic } of wrong) {
    report[level]({
      message: `node ${node}: ${what} on ${where}${message}`,
      diagnostic,
      about: aboutNode(node),
      keys: ['storage', ...keys],
    });
  }
}

function problemsOf(parts: readonly Part[], facts: DesignFacts): readonly Wrong[] {
  const wrong: Wrong[] = [];
  let percent = 0;
  let taker: string | null = null;
  for (const { name, size: expression } of parts) {
    const size = facts.size(expression);
    if (isSizeError(size)) {
      const message = `: ${expression === null ? 'it has none' : size.error}`;
      wrong.push({
        level: 'error',
        what: `the size of ${name}`,
        message,
        diagnostic: 'write for instance 20g, >10g or 30%',
      });
      continue;
    }
    percent += size.percent ?? 0;
    if (taker !== null) {
      const message = ` comes after ${taker}, which takes all that is left`;
      wrong.push({ level: 'advice', what: name, message, diagnostic: 'put the size with > last, and write one only' });
    }
    if (size.isAtLeast) taker ??= name;
  }
  if (percent > maximumPercent) {
    const diagnostic = `lower them to ${maximumPercent} % at most`;
    wrong.push({ level: 'error', what: 'the sizes', message: ` add up to ${percent} %`, diagnostic });
  }
  return wrong;
}
