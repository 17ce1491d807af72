import type { NodeFilter, NodeFilterSet } from './node-filter.js';

/** What a filter looks at; a compiled node is one. */
export interface FilterableNode {
  readonly name: string;
  readonly tags: readonly string[];
  readonly rack: string | null;
  readonly rackLabels: Readonly<Record<string, string>>;
  /** Matched by `node_labels`. */
  readonly ownerData: Readonly<Record<string, string>>;
}

type Labels = Readonly<Record<string, string>>;
type Matches = (node: FilterableNode) => boolean;

/**
 * Names of the nodes that a filter selects, each once, in the order given (reference 02 §5, changed by §5.5).
 * No filter selects all. In a filter of type `intersection` all criteria must match and all label pairs of one; in a
 * `union` one suffices. A filter without criteria selects nothing, but inside an `intersection` set, where others
 * select, an `intersection` filter without criteria is no constraint. An empty set selects nothing.
 */
export function selectNodes(filter: NodeFilterSet | null, nodes: readonly FilterableNode[]): readonly string[] {
  const selected = filter === null ? nodes : nodes.filter(matcherOfSet(filter));
  return [...new Set(selected.map((node) => node.name))];
}

function matcherOfSet(set: NodeFilterSet): Matches {
  const matchers = set.filter_set.map(matcherOf);
  if (set.filter_set_type === 'union') {
    return (node) => matchers.some((matches) => matches !== null && matches(node));
  }
  const constraining = matchers.filter((matches) => matches !== null);
  return (node) => constraining.length > 0 && constraining.every((matches) => matches(node));
}

/** Null: an intersection without a criterion, which constrains nothing. */
function matcherOf(filter: NodeFilter): Matches | null {
  const isUnion = filter.filter_type === 'union';
  const criteria = [
    listCriterion(filter.node_names, (names) => (node) => names.has(node.name)),
    listCriterion(filter.node_tags, (tags) => (node) => node.tags.some((tag) => tags.has(tag))),
    listCriterion(filter.rack_names, (racks) => (node) => node.rack !== null && racks.has(node.rack)),
    labelCriterion(filter.node_labels, isUnion, (node) => node.ownerData),
    labelCriterion(filter.rack_labels, isUnion, (node) => node.rackLabels),
  ].filter((matches) => matches !== null);
  if (isUnion) return (node) => criteria.some((matches) => matches(node));
  return criteria.length === 0 ? null : (node) => criteria.every((matches) => matches(node));
}

function listCriterion(
  values: readonly string[] | undefined,
  matcher: (values: ReadonlySet<string>) => Matches,
): Matches | null {
  return values === undefined || values.length === 0 ? null : matcher(new Set(values));
}

function labelCriterion(
  labels: Labels | undefined,
  isUnion: boolean,
  of: (node: FilterableNode) => Labels,
): Matches | null {
  const pairs = Object.entries(labels ?? {});
  if (pairs.length === 0) return null;
  const has = (node: FilterableNode, [key, value]: [string, string]): boolean =>
    Object.hasOwn(of(node), key) && of(node)[key] === value;
  return (node) => (isUnion ? pairs.some((pair) => has(node, pair)) : pairs.every((pair) => has(node, pair)));
}
