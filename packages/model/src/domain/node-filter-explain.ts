import {
  criteriaOf,
  type Criterion,
  type CriterionName,
  type CriterionVerdict,
  type FilterableNode,
} from './node-filter-criteria.js';
import type { NodeFilter, NodeFilterSet } from './node-filter.js';

/** Why a filter selects a node or does not. */
export interface ExplainedNode {
  readonly name: string;
  readonly isMatched: boolean;
  /** One per filter of the set, in its order; empty when there is no filter, which selects all, or an empty set. */
  readonly filters: readonly ExplainedFilter[];
}

export interface ExplainedFilter {
  readonly type: NodeFilter['filter_type'];
  /** `unconstrained`: an intersection without criteria; it neither selects nor keeps out. */
  readonly outcome: 'matched' | 'failed' | 'unconstrained';
  /** Those that the filter has. */
  readonly criteria: readonly ExplainedCriterion[];
}

export interface ExplainedCriterion extends CriterionVerdict {
  readonly criterion: CriterionName;
}

/** What `selectNodes` makes of every node, in the order given, and why; costs nodes × filters, too. */
export function explainNodeFilter(
  filter: NodeFilterSet | null,
  nodes: readonly FilterableNode[],
): readonly ExplainedNode[] {
  if (filter === null) return nodes.map(({ name }) => ({ name, isMatched: true, filters: [] }));
  const filters = filter.filter_set.map((each) => ({ type: each.filter_type, criteria: criteriaOf(each) }));
  const needsAll = filter.filter_set_type === 'intersection';
  return nodes.map((node) => {
    const explained = filters.map((each) => explainOne(each, node));
    return { name: node.name, isMatched: isMatchedBy(explained, needsAll), filters: explained };
  });
}

function isMatchedBy(filters: readonly ExplainedFilter[], needsAll: boolean): boolean {
  const outcomes = filters.map(({ outcome }) => outcome);
  return outcomes.includes('matched') && !(needsAll && outcomes.includes('failed'));
}

function explainOne(
  { type, criteria }: { readonly type: NodeFilter['filter_type']; readonly criteria: readonly Criterion[] },
  node: FilterableNode,
): ExplainedFilter {
  const explained = criteria.map((criterion) => ({ criterion: criterion.name, ...criterion.judge(node) }));
  if (type === 'intersection' && criteria.length === 0) return { type, outcome: 'unconstrained', criteria: [] };
  const isMatched =
    type === 'union'
      ? explained.some((criterion) => criterion.isMatched)
      : explained.every((criterion) => criterion.isMatched);
  return { type, outcome: isMatched ? 'matched' : 'failed', criteria: explained };
}
