import type { CreateNetworkTemplateInput } from '@drydock/model';
import { placeLinks } from './place-links.js';
import { planDhcp } from './plan-dhcp.js';
import { planRanges } from './plan-ranges.js';
import { planRoutes } from './plan-routes.js';
import { planSubnets } from './plan-subnets.js';
import { planVlans } from './plan-vlans.js';
import { joinPlans, type FoundTopology, type PlacedLink, type TopologyPlan } from './topology-model.js';

type Stage = (found: FoundTopology, placed: PlacedLink) => TopologyPlan;

const plain = (changes: TopologyPlan['changes']): TopologyPlan => ({ changes, problems: [] });

/** In this order: what stands on an earlier stage is planned when that stage has nothing left to do. */
const stages: readonly Stage[] = [
  (_found, placed) => plain(planVlans(placed)),
  (found, placed) => plain(planSubnets(found, placed)),
  planRanges,
  planDhcp,
  planRoutes,
];

/**
 * Found topology × the design's links and networks → the changes that can be made now. Apply them, read again, plan
 * again; when there are no changes left, the problems are what remains. Nothing is ever deleted (reference 04 §6.3).
 */
export function planTopology(found: FoundTopology, input: CreateNetworkTemplateInput): TopologyPlan {
  const placement = placeLinks(found, input.links, input.networks);
  if (placement.plan.changes.length > 0) return placement.plan;
  const problems = [placement.plan];
  for (const stage of stages) {
    const plan = joinPlans(placement.links.map((placed) => stage(found, placed)));
    if (plan.changes.length > 0) return joinPlans([...problems, { changes: plan.changes, problems: plan.problems }]);
    problems.push(plan);
  }
  return joinPlans(problems);
}
