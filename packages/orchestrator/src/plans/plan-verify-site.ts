import type { Plan } from '@drydock/model';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Ask the provisioner whether it can serve. Needs neither design nor nodes. */
export function planVerifySite(_nodes: readonly PlanNode[], limits: StepLimits): Plan {
  const step = stepFor(null, limits);
  return numberSteps([step('validate_node_services', [])]);
}
