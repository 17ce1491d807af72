import type { NodeFilterSet } from '@drydock/model';
import type { NodeFacts } from '@drydock/model/db';

/** Nodes and racks that a filter names and the design does not have, as `node n1` and `rack r1`, each once. */
export function namesNotInDesign(
  filter: NodeFilterSet | null,
  nodes: readonly Pick<NodeFacts, 'name' | 'rack'>[],
): readonly string[] {
  const names = new Set(nodes.map(({ name }) => name));
  const racks = new Set(nodes.map(({ rack }) => rack));
  const unknown = (filter?.filter_set ?? []).flatMap(({ node_names = [], rack_names = [] }) => [
    ...node_names.filter((name) => !names.has(name)).map((name) => `node ${name}`),
    ...rack_names.filter((rack) => !racks.has(rack)).map((rack) => `rack ${rack}`),
  ]);
  return [...new Set(unknown)];
}
