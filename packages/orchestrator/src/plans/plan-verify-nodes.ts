import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Ask each BMC whether it answers. A node whose out-of-band type nobody speaks fails in its step, by name. */
export function planVerifyNodes(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(nodes.map((node) => stepFor(node, limits)('interrogate_oob', [])));
}
