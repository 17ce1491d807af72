import type { Plan } from '@drydock/model';
import { after } from './after.js';
import { numberSteps } from './number-steps.js';
import type { PlanNode } from './plan-node.js';
import { stepFor } from './step-for.js';
import type { StepLimits } from './step-limits.js';

/**
 * Configure and deploy each node on its own. A deployment that failed begins again at the networking: the machine must
 * be released first, and a release loses what was configured.
 */
export function planDeployNodes(nodes: readonly PlanNode[], limits: StepLimits): Plan {
  return numberSteps(
    nodes.flatMap((node) => {
      const step = stepFor(node, limits);
      const chain = [
        step('apply_node_networking', []),
        step('apply_node_storage', [after('apply_node_networking')]),
        step('apply_node_platform', [after('apply_node_storage')]),
        step('deploy_node', [after('apply_node_platform')], { maxAttempts: 4, retryFrom: 'apply_node_networking' }),
      ];
      return node.hasBootActions ? [...chain, step('bootaction_report', [after('deploy_node')])] : chain;
    }),
  );
}
