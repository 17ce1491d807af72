import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Three steps that do not need each other: one that fails keeps nobody from the rest (reference 03 §12.2). */
export function planPrepareSite(_nodes: readonly PlanNode[], limits: StepLimits): Plan {
  const step = stepFor(null, limits);
  return numberSteps([
    step('create_network_template', []),
    step('configure_user_credentials', []),
    step('configure_node_provisioner', []),
  ]);
}
