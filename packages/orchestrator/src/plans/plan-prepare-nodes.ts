import type { Plan } from '@drydock/model';
import { after } from './after.js';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/** Prepare each node on its own. A node that the provisioner already knows is never power-cycled. */
export function planPrepareNodes(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(
    nodes.flatMap((node) => {
      const step = stepFor(node, limits);
      return [
        step('look_for_node', []),
        step('set_node_boot', [after('look_for_node', 'absent')]),
        step('power_cycle_node', [after('set_node_boot')]),
        step('identify_node', [after('power_cycle_node')]),
        step('configure_hardware', [after('look_for_node'), after('identify_node')], { join: 'any', maxAttempts: 4 }),
      ];
    }),
  );
}
