import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Nothing, once per node: shows that tasks move. */
export function planNoop(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(nodes.map((node) => stepFor(node, limits)('noop', [])));
}
