import type { TaskDocument, TaskTree } from '@drydock/client';

/** How long each node was worked on: in every task from its first step to its last, summed over the tasks. */
export function secondsPerNode(tasks: readonly TaskTree[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const task of tasks) {
    for (const [node, spent] of secondsInTask(task)) seconds.set(node, (seconds.get(node) ?? 0) + spent);
  }
  return seconds;
}

function secondsInTask({ tasks }: TaskTree): ReadonlyMap<string, number> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const step of tasks.values()) {
    const node = nodeOf(step);
    if (node === undefined || step.subtask_id_list.length > 0) continue;
    const [first, last] = [millisecondsOf(step.created), millisecondsOf(step.updated)];
    const span = spans.get(node) ?? { first, last };
    spans.set(node, { first: Math.min(span.first, first), last: Math.max(span.last, last) });
  }
  return new Map([...spans].map(([node, { first, last }]) => [node, (last - first) / 1000]));
}

/** A step on one node names it in its filter; stages name all of theirs. */
function nodeOf({ node_filter }: TaskDocument): string | undefined {
  const names = node_filter?.filter_set[0]?.node_names ?? [];
  return names.length === 1 ? names[0] : undefined;
}

/** The API's timestamps are UTC without a zone (reference 01 §2.1). */
function millisecondsOf(timestamp: string | null): number {
  const text = (timestamp ?? '').replace(' ', 'T');
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
}
