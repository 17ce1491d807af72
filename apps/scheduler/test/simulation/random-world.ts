import { type GroupedStep, type GroupNeed, type GroupsOf, type Plan, type Verb, verbs } from '@drydock/model';
import { planners, type PlanNode, stepLimits } from '@drydock/orchestrator';
import type { Dice } from './dice.js';

/** Where a simulation takes place. */
export interface World {
  readonly needOf: (key: string) => GroupNeed;
  readonly groupsOf: GroupsOf;
  readonly stepsPerSlot: number;
  readonly doorAfterMilliseconds: number;
  /** Of each worker. */
  readonly slots: readonly number[];
  readonly schedulers: number;
}

interface Place {
  readonly name: string;
  readonly rack: number;
  readonly bmc: number;
}

type Shape = Pick<GroupNeed, 'scope' | 'limit'> & Partial<Pick<GroupNeed, 'spacingMilliseconds' | 'rampPerMinute'>>;

/** Exclusive use takes all of these. */
export const wholeSite = 1_000_000;

/** Machines that share racks and BMCs, and groups of every scope whose numbers and users are left to chance. */
export function randomWorld(dice: Dice): World & { readonly anyPlan: () => Plan } {
  const needs = new Map<string, GroupNeed>();
  const nodes = randomNodes(dice);
  const add = (key: string, shape: Shape): void => void needs.set(key, needFrom(key, shape));
  add('steps', { scope: 'steps', limit: 0 });
  add('site:s', { scope: 'call', limit: wholeSite });
  add('maas:s', { scope: 'call', limit: dice.int(6, 80) });
  add('narrow:s', { scope: 'call', limit: dice.int(1, 6) });
  add('deploy:s', { scope: 'step', limit: dice.int(3, 30), rampPerMinute: dice.pick([0, 0, 1200, 6000]) });
  for (const { name, rack, bmc } of nodes) {
    add(`node:${name}`, { scope: 'task', limit: 1 });
    add(`bmc:${bmc}`, { scope: 'step', limit: 1, spacingMilliseconds: dice.pick([0, 0, 0, 100, 1000]) });
    add(`rack:${rack}`, {
      scope: 'step',
      limit: dice.int(1, 6),
      spacingMilliseconds: dice.pick([0, 0, 0, 20]),
    });
    add(`row:${rack % 2}`, { scope: 'call', limit: dice.int(6, 60) });
  }
  const needOf = (key: string): GroupNeed => {
    const need = needs.get(key);
    if (!need) throw new Error(`there is no group ${key}`);
    return need;
  };
  const most = dice.pick([6, 40]);
  const planNodes = nodes.map(({ name }) => planNode(name, dice.chance(0.3)));
  return {
    needOf,
    groupsOf: groupsByChance(nodes, needOf, dice),
    anyPlan: () => anyPlan(planNodes, dice),
    stepsPerSlot: dice.int(1, 4),
    doorAfterMilliseconds: dice.pick([300, 1000, 5000, 30_000]),
    slots: Array.from({ length: dice.int(2, 4) }, () => dice.int(2, most)),
    schedulers: dice.int(2, 3),
  };
}

export function needFrom(key: string, shape: Shape): GroupNeed {
  return { key, weight: 1, spacingMilliseconds: 0, rampPerMinute: 0, guardsMachine: guards.test(key), ...shape };
}

/** Who holds these may change a machine. */
const guards = /^(node|bmc):/;

export function planNode(name: string, hasBootActions: boolean): PlanNode {
  return { name, oobType: 'redfish', hasBootActions };
}

function randomNodes(dice: Dice): readonly Place[] {
  const count = dice.int(60, 240);
  const racks = dice.int(4, 16);
  return Array.from({ length: count }, (_, index) => ({
    name: `n${index}`,
    rack: index % racks,
    // Some chassis have one BMC for two machines.
    bmc: dice.chance(0.1) ? Math.floor(index / 2) : index,
  }));
}

function anyPlan(nodes: readonly PlanNode[], dice: Dice): Plan {
  const weights = { deploy_nodes: 5, prepare_nodes: 4, destroy_nodes: 1, verify_nodes: 1, prepare_site: 2 };
  const share = dice.next();
  const some = nodes.filter(() => dice.chance(share));
  return planners[dice.weighted(weights)](some.length === 0 ? nodes.slice(0, 1) : some, stepLimits());
}

/** Which verbs use which groups; a step on a node shares the site, the others have it alone. */
function groupsByChance(nodes: readonly Place[], needOf: (key: string) => GroupNeed, dice: Dice): GroupsOf {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const optional = ['maas', 'narrow', 'deploy', 'bmc', 'rack', 'row'] as const;
  const shares = { maas: 0.7, narrow: 0.1, deploy: 0.2, bmc: 0.4, rack: 0.2, row: 0.3 };
  const users = new Map(
    (Object.keys(verbs) as Verb[]).map((verb) => [verb, optional.filter((name) => dice.chance(shares[name]))]),
  );
  const made = new Map<string, readonly GroupNeed[]>();
  const make = ({ verb, nodeName }: GroupedStep): readonly GroupNeed[] => {
    const node = byName.get(nodeName ?? '');
    const used = users.get(verb) ?? [];
    if (!node) return [needOf('steps'), { ...needOf('site:s'), weight: wholeSite }, needOf('maas:s')];
    const keys = {
      maas: 'maas:s',
      narrow: 'narrow:s',
      deploy: 'deploy:s',
      bmc: `bmc:${node.bmc}`,
      rack: `rack:${node.rack}`,
      row: `row:${node.rack % 2}`,
    };
    return [needOf('steps'), needOf('site:s'), needOf(`node:${node.name}`), ...used.map((name) => needOf(keys[name]))];
  };
  return (step) => {
    const key = `${step.verb} ${step.nodeName}`;
    const known = made.get(key) ?? make(step);
    made.set(key, known);
    return known;
  };
}
