import type { CompiledNode, StepOutcome } from '@drydock/model';

/** Until boot actions are delivered to machines nothing can report: say so, and count the node as deployed. */
export function reportBootActions(node: CompiledNode): StepOutcome {
  const text =
    `boot actions ${node.bootActions.join(', ')} of node ${node.name} are not delivered by this version, ` +
    'so nothing reports and the node counts as deployed';
  return { kind: 'done', notes: [{ text, isError: false, contextType: 'node', context: node.name }] };
}
