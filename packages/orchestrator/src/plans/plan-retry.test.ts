import { describe, expect, it } from '@jest/globals';
import { PlanProgress, type PlannedStep, type Verb } from '@drydock/model';
import * as fc from 'fast-check';
import type { PlanNode } from './plan-node.js';
import { planRetry } from './plan-retry.js';
import { planners } from './planners.js';
import { stepLimits } from './step-limits.js';

const node: PlanNode = { name: 'n1', oobType: 'redfish', hasBootActions: true };
const deploy = planners.deploy_nodes([node], stepLimits()).steps;
const prepare = planners.prepare_nodes([node], stepLimits()).steps;

function newest(steps: readonly PlannedStep[], verb: Verb): PlannedStep {
  const step = steps.findLast((candidate) => candidate.verb === verb);
  if (!step) throw new Error(`no ${verb} in the plan`);
  return step;
}

const outline = (steps: readonly PlannedStep[]) =>
  steps.map((step) => [step.key, step.verb, step.attempt, step.needs.map((need) => need.step)]);

describe('a deployment that failed', () => {
  const fresh = planRetry(deploy, newest(deploy, 'deploy_node'), 100);

  it('begins again at the networking, with needs inside the fresh steps', () => {
    expect(outline(fresh)).toEqual([
      [100, 'apply_node_networking', 1, []],
      [101, 'apply_node_storage', 1, [100]],
      [102, 'apply_node_platform', 1, [101]],
      [103, 'deploy_node', 1, [102]],
      [104, 'bootaction_report', 1, [103]],
    ]);
  });

  it('keeps limits, and changes nothing that was planned before', () => {
    expect(fresh[3]).toMatchObject({ maxAttempts: 4, retryFrom: 'apply_node_networking', deadlineSeconds: 2700 });
    expect(deploy.map(({ attempt }) => attempt)).toEqual([0, 0, 0, 0, 0]);
  });

  it('points the second retry to the rows of the second, not of the first', () => {
    const all = [...deploy, ...fresh];
    const again = planRetry(all, newest(all, 'deploy_node'), 200);
    expect(outline(again).slice(0, 2)).toEqual([
      [200, 'apply_node_networking', 2, []],
      [201, 'apply_node_storage', 2, [200]],
    ]);
  });
});

describe('commissioning that failed', () => {
  const fresh = planRetry(prepare, newest(prepare, 'configure_hardware'), 5);

  it('is tried alone and keeps its needs on the rows that ended', () => {
    expect(outline(fresh)).toEqual([[5, 'configure_hardware', 1, [0, 3]]]);
  });

  it.each([
    ['was known', 'succeeded', 'skipped'],
    ['had to be found', 'absent', 'succeeded'],
  ] as const)('is ready at once for a node that %s', (_case, looked, identified) => {
    const progress = new PlanProgress();
    progress.add(prepare);
    progress.end(0, looked);
    if (looked === 'absent') for (const key of [1, 2]) progress.end(key, 'succeeded');
    progress.end(3, identified);
    progress.end(4, 'failed');
    expect(progress.add(fresh)).toEqual({ ready: [5], skipped: [] });
  });
});

it('plans nothing for a step that has only one attempt', () => {
  expect(planRetry(deploy, newest(deploy, 'apply_node_storage'), 5)).toEqual([]);
});

it('refuses a plan that does not hold the verb at which it begins again', () => {
  const failed = newest(deploy, 'deploy_node');
  expect(() => planRetry([failed], failed, 1)).toThrow(
    'deploy_node of node n1 begins again at apply_node_networking, which its plan does not hold; fix the planner',
  );
});

it('executes a verb at most maxAttempts times, each under its own attempt and key', () => {
  fc.assert(
    fc.property(fc.constantFrom(deploy, prepare), fc.integer({ min: 0, max: 8 }), (plan, failures) => {
      const verb = plan === deploy ? 'deploy_node' : 'configure_hardware';
      let steps = [...plan];
      for (let count = 0; count < failures; count += 1) {
        steps = [...steps, ...planRetry(steps, newest(steps, verb), steps.length)];
      }
      const attempts = steps.filter((step) => step.verb === verb).map(({ attempt }) => attempt);
      expect(attempts).toEqual([...Array(Math.min(failures + 1, 4)).keys()]);
      expect(steps.map(({ key }) => key)).toEqual([...steps.keys()]);
      for (const step of steps) for (const need of step.needs) expect(need.step).toBeLessThan(step.key);
    }),
  );
});
