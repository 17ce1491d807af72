import type { TaskTree } from '@drydock/client';
import { asciiTable } from '../output/ascii-table.js';
import { printable } from '../output/printable.js';
import { nodeProgress } from './node-progress.js';

/** How it ended for each node, and why where it failed; then what the task itself complains about. */
export function resultTable(tree: TaskTree): string {
  const { successes, failures, details, status } = tree.root.result;
  const progress = new Map(nodeProgress(tree).map((node) => [node.name, node]));
  const names = new Set([...progress.keys(), ...successes, ...failures]);
  const rows = [...names].map((name) => {
    const node = progress.get(name);
    const state = node?.state === 'done' ? 'success' : (node?.state ?? '');
    const result = failures.includes(name) ? 'failure' : successes.includes(name) ? 'success' : state;
    return [name, result, node?.action ?? '', node?.reasons.join('; ') ?? ''].map(printable);
  });
  const table = rows.length === 0 ? '' : asciiTable(['Node', 'Result', 'Last step', 'Reason'], rows, 'left');
  const errors = details.messageList
    .filter(({ error }) => error)
    .map(({ message }) => `Error: ${printable(message)}\n`);
  const counts = `${successes.length} succeeded, ${failures.length} failed`;
  return `${table}${errors.join('')}${tree.root.action} ${tree.root.status}: ${status} (${counts})\n`;
}
