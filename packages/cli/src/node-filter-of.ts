import type { NodeFilterSet } from '@drydock/model';

export interface NodeSelectors {
  readonly nodeNames?: readonly string[];
  readonly rackNames?: readonly string[];
  readonly nodeTags?: readonly string[];
}

/** The filter that the original's command line sends (reference 01 §6.3), with the tags that it forgot; null: all nodes. */
export function nodeFilterOf({ nodeNames, rackNames, nodeTags }: NodeSelectors): NodeFilterSet | null {
  if (!nodeNames && !rackNames && !nodeTags) return null;
  return {
    filter_set_type: 'intersection',
    filter_set: [
      {
        filter_type: 'union',
        node_names: nodeNames ?? [],
        rack_names: rackNames ?? [],
        node_tags: nodeTags ?? [],
      },
    ],
  };
}
