import type { Plan, TaskAction } from '@drydock/model';
import { planDeployNodes } from './plan-deploy-nodes.js';
import { planDestroyNodes } from './plan-destroy-nodes.js';
import type { PlanNode } from './plan-node.js';
import { planNoop } from './plan-noop.js';
import { planPrepareNodes } from './plan-prepare-nodes.js';
import { planPrepareSite } from './plan-prepare-site.js';
import { planRelabelNodes } from './plan-relabel-nodes.js';
import { planValidateDesign } from './plan-validate-design.js';
import { planVerifyNodes } from './plan-verify-nodes.js';
import { planVerifySite } from './plan-verify-site.js';
import type { StepLimits } from './step-limits.js';

/** Builds the plan of one action for nodes whose names are unique. Pure. */
export type Planner = (nodes: readonly PlanNode[], limits: StepLimits) => Plan;

/** What each action does, as data. */
export const planners = {
  validate_design: planValidateDesign,
  verify_site: planVerifySite,
  prepare_site: planPrepareSite,
  verify_nodes: planVerifyNodes,
  prepare_nodes: planPrepareNodes,
  deploy_nodes: planDeployNodes,
  destroy_nodes: planDestroyNodes,
  relabel_nodes: planRelabelNodes,
  noop: planNoop,
} as const satisfies Record<TaskAction, Planner>;
