import { explainNodeFilter, type FilterableNode, selectNodes } from '@drydock/model';
import { explainedNodeDocument } from '../wire-format/explained-node-document.js';
import type { DesignWork } from './design-work.js';

/** The JSON body of `POST /nodefilter`, in bytes: names, or every node with reasons. */
export function selectForWire(work: Extract<DesignWork, { do: 'select' }>): Uint8Array<ArrayBuffer> {
  const { nodeFilter, isExplained } = work;
  const nodes = JSON.parse(Buffer.from(work.nodes.buffer).toString()) as readonly FilterableNode[];
  const body = isExplained
    ? explainNodeFilter(nodeFilter, nodes).map(explainedNodeDocument)
    : selectNodes(nodeFilter, nodes);
  return new TextEncoder().encode(JSON.stringify(body));
}
