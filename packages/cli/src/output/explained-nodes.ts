import type { ExplainedNodeDocument } from '@drydock/client';
import { printable } from './printable.js';

/** A line per node, `+` selected and `-` not, and below it what each criterion of each filter says. */
export function explainedNodes(nodes: readonly ExplainedNodeDocument[]): string {
  return nodes
    .map(({ name, matched, filters }) => `${matched ? '+' : '-'} ${printable(name)}\n${reasonsOf(filters)}`)
    .join('');
}

function reasonsOf(filters: ExplainedNodeDocument['filters']): string {
  return filters
    .flatMap(({ filter_type: type, outcome, criteria }, index) => [
      `    filter ${index + 1} (${type}): ${outcome}`,
      ...criteria.map(({ criterion, reason }) => `      ${criterion}: ${reason}`),
    ])
    .map((line) => `${printable(line)}\n`)
    .join('');
}
