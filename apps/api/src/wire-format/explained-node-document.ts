import type { CriterionName, ExplainedFilter, ExplainedNode, NodeFilter } from '@drydock/model';

/** Why a node filter selects a node or does not: `POST /nodefilter?explain=true`. */
export interface ExplainedNodeDocument {
  readonly name: string;
  readonly matched: boolean;
  /** One per filter of the set. */
  readonly filters: readonly {
    readonly filter_type: NodeFilter['filter_type'];
    readonly outcome: ExplainedFilter['outcome'];
    readonly criteria: readonly {
      readonly criterion: CriterionName;
      readonly matched: boolean;
      /** What the filter wants and the node has. */
      readonly values: readonly string[];
      /** Labels that are wanted and not there. */
      readonly missing: readonly string[];
      readonly reason: string;
    }[];
  }[];
}

export function explainedNodeDocument({ name, isMatched, filters }: ExplainedNode): ExplainedNodeDocument {
  return {
    name,
    matched: isMatched,
    filters: filters.map(({ type, outcome, criteria }) => ({
      filter_type: type,
      outcome,
      criteria: criteria.map((one) => ({
        criterion: one.criterion,
        matched: one.isMatched,
        values: one.matched,
        missing: one.missing,
        reason: one.reason,
      })),
    })),
  };
}
