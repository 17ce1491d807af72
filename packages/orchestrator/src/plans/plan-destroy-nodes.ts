import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Release and forget each node. One that the provisioner does not know is done already. */
export function planDestroyNodes(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(nodes.map((node) => stepFor(node, limits)('destroy_node', [], { maxAttempts: 4 })));
}
