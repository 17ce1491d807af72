import { describe, expect, it } from '@jest/globals';
import { taskActions, verbs, type Plan, type TaskAction, type Verb } from '@drydock/model';
import * as fc from 'fast-check';
import type { PlanNode } from './plan-node.js';
import { planners, type Planner } from './planners.js';
import { stepLimits } from './step-limits.js';

const limits = stepLimits();
const plain: PlanNode = { name: 'n1', oobType: 'redfish', hasBootActions: false };
const signaling: PlanNode = { name: 'n2', oobType: 'ipmi', hasBootActions: true };

/** `0 look_for_node@n1` or `1 set_node_boot@n1 <- 0:absent`, so that a whole plan reads at a glance. */
function lines(plan: Plan): readonly string[] {
  return plan.steps.map((step) => {
    const needs = step.needs.map((need) => `${String(need.step)}:${need.ended}`).join(` ${step.join} `);
    return `${String(step.key)} ${step.verb}@${step.nodeName ?? 'site'}${needs && ` <- ${needs}`}`;
  });
}

function planned(action: TaskAction, nodes: readonly PlanNode[], given = limits): Plan {
  const planner: Planner = planners[action];
  return planner(nodes, given);
}

const cases: readonly [TaskAction, readonly PlanNode[], readonly string[]][] = [
  ['validate_design', [plain], []],
  ['verify_site', [plain], ['0 validate_node_services@site']],
  [
    'prepare_site',
    [],
    ['0 create_network_template@site', '1 configure_user_credentials@site', '2 configure_node_provisioner@site'],
  ],
  ['verify_nodes', [plain, signaling], ['0 interrogate_oob@n1', '1 interrogate_oob@n2']],
  [
    'prepare_nodes',
    [plain],
    [
      '0 look_for_node@n1',
      '1 set_node_boot@n1 <- 0:absent',
      '2 power_cycle_node@n1 <- 1:succeeded',
      '3 identify_node@n1 <- 2:succeeded',
      '4 configure_hardware@n1 <- 0:succeeded any 3:succeeded',
    ],
  ],
  [
    'deploy_nodes',
    [signaling, plain],
    [
      '0 apply_node_networking@n2',
      '1 apply_node_storage@n2 <- 0:succeeded',
      '2 apply_node_platform@n2 <- 1:succeeded',
      '3 deploy_node@n2 <- 2:succeeded',
      '4 bootaction_report@n2 <- 3:succeeded',
      '5 apply_node_networking@n1',
      '6 apply_node_storage@n1 <- 5:succeeded',
      '7 apply_node_platform@n1 <- 6:succeeded',
      '8 deploy_node@n1 <- 7:succeeded',
    ],
  ],
  ['destroy_nodes', [plain], ['0 destroy_node@n1']],
  ['relabel_nodes', [plain], ['0 relabel_node@n1']],
  ['noop', [plain, signaling], ['0 noop@n1', '1 noop@n2']],
];

describe('the plan of', () => {
  it.each(cases)('%s', (action, nodes, expected) => {
    expect(lines(planned(action, nodes))).toEqual(expected);
  });

  it('has a case for every action', () => {
    expect(cases.map(([action]) => action).sort()).toEqual([...taskActions].sort());
  });
});

describe('attempts', () => {
  const retried: readonly [TaskAction, Verb, number, Verb | null][] = [
    ['prepare_nodes', 'configure_hardware', 4, null],
    ['deploy_nodes', 'deploy_node', 4, 'apply_node_networking'],
    ['destroy_nodes', 'destroy_node', 4, null],
  ];

  it.each(retried)('of %s: %s is executed up to %i times', (action, verb, maxAttempts, retryFrom) => {
    const step = planned(action, [plain]).steps.find((candidate) => candidate.verb === verb);
    expect(step).toMatchObject({ maxAttempts, retryFrom, attempt: 0 });
  });

  it('of every other verb: one', () => {
    const retriedVerbs = retried.map(([, verb]) => verb);
    const rest = taskActions.flatMap((action) => planned(action, [signaling]).steps);
    const others = rest.filter(({ verb }) => !retriedVerbs.includes(verb));
    expect(new Set(others.map(({ maxAttempts }) => maxAttempts))).toEqual(new Set([1]));
  });
});

describe('deadlines', () => {
  it('come from the table of verbs', () => {
    const [step] = planned('verify_nodes', [plain]).steps;
    expect(step?.deadlineSeconds).toBe(verbs.interrogate_oob.deadlineMinutes * 60);
  });

  it('are what the site sets for the verbs that it names', () => {
    const steps = planned('deploy_nodes', [plain], stepLimits({ deploy_node: 7 })).steps;
    expect(steps.map(({ deadlineSeconds }) => deadlineSeconds)).toEqual([300, 300, 300, 7]);
  });
});

const someNodes = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 12 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.record({
        name: fc.constant(name),
        oobType: fc.constantFrom('redfish', 'ipmi', 'manual', null),
        hasBootActions: fc.boolean(),
      }),
    ),
  ),
);
const someAction = fc.constantFrom(...taskActions);

describe('whatever the action and the nodes', () => {
  it('keys are whole numbers from 0 in plan order and needs point backwards', () => {
    fc.assert(
      fc.property(someAction, someNodes, (action, nodes) => {
        const { steps } = planned(action, nodes);
        expect(steps.map(({ key }) => key)).toEqual([...steps.keys()]);
        for (const step of steps) for (const need of step.needs) expect(need.step).toBeLessThan(step.key);
      }),
    );
  });

  it('no edge joins two nodes, and every node has each verb at most once', () => {
    fc.assert(
      fc.property(someAction, someNodes, (action, nodes) => {
        const { steps } = planned(action, nodes);
        for (const step of steps) {
          for (const need of step.needs) expect(steps[need.step]?.nodeName).toBe(step.nodeName);
        }
        const places = steps.map((step) => JSON.stringify([step.nodeName, step.verb]));
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('the chain of a node does not depend on the other nodes', () => {
    const chain = ({ steps }: Plan, name: string): readonly string[] => {
      const own = steps.filter(({ nodeName }) => nodeName === name);
      const first = own[0]?.key ?? 0;
      return own.map((step) =>
        JSON.stringify([step.verb, step.needs.map((need) => [need.step - first, need.ended]), step.join]),
      );
    };
    fc.assert(
      fc.property(someAction, someNodes, (action, nodes) => {
        const together = planned(action, nodes);
        for (const node of nodes) expect(chain(together, node.name)).toEqual(chain(planned(action, [node]), node.name));
      }),
    );
  });
});
