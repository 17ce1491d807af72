import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Give each node's labels to Kubernetes. */
export function planRelabelNodes(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(nodes.map((node) => stepFor(node, limits)('relabel_node', [])));
}
