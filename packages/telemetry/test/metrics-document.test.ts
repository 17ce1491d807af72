import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { type MetricRow, metricRows } from '@drydock/telemetry';

const document = readFileSync(fileURLToPath(new URL('../../../docs/metrics.md', import.meta.url)), 'utf8');

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of the document's tables, by name. */
const documented = new Map(
  document
    .split('\n')
    .filter((line) => line.startsWith('| `drydock_'))
    .map(cellsOf)
    .map(([name = '', ...cells]) => [name.replaceAll('`', ''), cells]),
);

const rows: readonly (readonly [string, MetricRow])[] = Object.entries(metricRows);

test.each(rows)('docs/metrics.md has the row of %s', (name, { kind, labels, processes, help }) => {
  const shownLabels = labels.map((label) => `\`${label}\``).join(', ');
  const shownProcesses = processes.length === 3 ? 'all' : processes.join(', ');
  expect(documented.get(name)).toEqual([kind, shownLabels, shownProcesses, help]);
});

test('docs/metrics.md has no metric that does not exist', () => {
  const mentioned = document.match(/drydock_[a-z_]+/g) ?? [];
  const known = new Set([
    ...rows.map(([name]) => name),
    ...rows.flatMap(([name, { kind }]) =>
      kind === 'histogram' ? ['bucket', 'sum', 'count'].map((s) => `${name}_${s}`) : [],
    ),
  ]);
  expect([...new Set(mentioned)].filter((name) => !known.has(name))).toEqual([]);
});
