import { criteriaOf, type FilterableNode } from './node-filter-criteria.js';
import type { NodeFilter, NodeFilterSet } from './node-filter.js';

type Matches = (node: FilterableNode) => boolean;

/**
 * Names of the nodes that a filter selects, each once, in the order given (reference 02 §5, changed by §5.5).
 * No filter selects all. In a filter of type `intersection` all criteria must match and all label pairs of one; in a
 * `union` one suffices. A filter without criteria selects nothing, but inside an `intersection` set, where others
 * select, an `intersection` filter without criteria is no constraint. An empty set selects nothing.
 * Costs nodes × filters, however long their lists are. `explainNodeFilter` says why.
 */
export function selectNodes(filter: NodeFilterSet | null, nodes: readonly FilterableNode[]): readonly string[] {
  const selected = filter === null ? nodes : nodes.filter(matcherOfSet(filter));
  return [...new Set(selected.map((node) => node.name))];
}

function matcherOfSet(set: NodeFilterSet): Matches {
  const matchers = set.filter_set.map(matcherOf).filter((matches) => matches !== null);
  if (set.filter_set_type === 'union') return (node) => matchers.some((matches) => matches(node));
  return (node) => matchers.length > 0 && matchers.every((matches) => matches(node));
}

/** Null: an intersection without a criterion, which constrains nothing. */
function matcherOf(filter: NodeFilter): Matches | null {
  const criteria = criteriaOf(filter);
  if (filter.filter_type === 'union') return (node) => criteria.some((criterion) => criterion.matches(node));
  return criteria.length === 0 ? null : (node) => criteria.every((criterion) => criterion.matches(node));
}
