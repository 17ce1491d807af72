import { DrydockError, parseNodeFilter } from '@drydock/model';
import { checkDesignRef } from '@drydock/orchestrator';
import type { Handler } from '../api-parts.js';
import { booleanQuery } from '../http/query-values.js';
import { objectBody } from '../http/read-json-body.js';

/**
 * Names of the nodes of a design that a filter selects, in design order (reference 01 §1.11); with `explain`, every
 * node and why it is selected or not. A design that is not to be had, or cannot be read, is an error, never an empty list.
 */
export const filterNodes: Handler = async ({ body, query, signal }, parts) => {
  const { design_ref: designRef, node_filter: filter } = objectBody(body);
  if (designRef === undefined || designRef === null) {
    throw new DrydockError('invalid_request', 'Missing input required value: design_ref');
  }
  const reference = checkDesignRef(designRef);
  const nodeFilter = parseNodeFilter(filter);
  const isExplained = booleanQuery(query, 'explain');
  const design = await parts.designs.read(reference, signal);
  return { status: 200, encodedBody: await parts.designs.selectNodes(design, nodeFilter, isExplained) };
};
