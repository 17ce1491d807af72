import { expect, it } from '@jest/globals';
import type { GroupNeed, TaskAction } from '@drydock/model';
import { planners, stepLimits } from '@drydock/orchestrator';
import { Dice } from './simulation/dice.js';
import { loadEngine } from './simulation/load-engine.js';
import { needFrom, planNode, wholeSite, type World } from './simulation/random-world.js';
import { Simulation } from './simulation/simulation.js';

let simulation: Simulation;
const engine = await loadEngine(() => simulation);

const needs = new Map<string, GroupNeed>(
  [
    needFrom('steps', { scope: 'steps', limit: 0 }),
    needFrom('site:s', { scope: 'call', limit: wholeSite }),
    needFrom('maas:s', { scope: 'call', limit: 8 }),
    needFrom('deploy:s', { scope: 'step', limit: 4 }),
  ].map((need) => [need.key, need]),
);
const needOf = (key: string): GroupNeed => needs.get(key) ?? needFrom(key, { scope: 'task', limit: 1 });

const groupsOf: World['groupsOf'] = ({ verb, nodeName }) => {
  const site = needOf('site:s');
  if (nodeName === null) return [needOf('steps'), { ...site, weight: wholeSite }, needOf('maas:s')];
  const shared = [needOf('steps'), site, needOf('maas:s'), needOf(`node:${nodeName}`)];
  return verb === 'deploy_node' ? [...shared, needOf('deploy:s')] : shared;
};

const doorSeconds = 30;
const submittedAfterMilliseconds = 20_000;

interface Case {
  /** What comes late, for one node. */
  readonly action: TaskAction;
  /** Steps that can be out at a time. */
  readonly slots: number;
  /** That deploy without an end, and nodes of each of their tasks. */
  readonly lanes: number;
  readonly nodes: number;
  /** Of ten calls that succeed, so many more find a machine that is not ready. */
  readonly waits: number;
}

/** @returns seconds from the submission of the late task to its end, others going on all the time */
async function secondsUntilServed({ action, slots, lanes, nodes, waits }: Case) {
  const world = {
    ...{ needOf, groupsOf, stepsPerSlot: 1, slots: [slots], schedulers: 2 },
    doorAfterMilliseconds: doorSeconds * 1000,
  };
  simulation = new Simulation(engine, {
    ...{ world, dice: new Dice(1), faultsPerMinute: 0, ordersPerMinute: 0 },
    call: { least: 50, most: 1000 },
    outcomes: { succeed: 10, waitByClock: waits },
  });
  const plan = (what: TaskAction, name: string, count: number) =>
    planners[what](
      Array.from({ length: count }, (_, index) => planNode(`${name}-${index}`, false)),
      stepLimits(),
    );
  for (let index = 0; index < lanes * 40; index += 1) {
    simulation.submit(`stream${index % lanes}`, plan('deploy_nodes', `s${index}`, nodes));
  }
  const late: { task?: ReturnType<Simulation['submit']> } = {};
  simulation.clock.after(submittedAfterMilliseconds, () => {
    late.task = simulation.submit('late', plan(action, 'late', 1));
  });
  const figures = await simulation.run(() => late.task !== undefined && late.task.result !== null);
  const open = [...simulation.db.tasks.values()].filter(({ result }) => result === null);
  expect(open.length).toBeGreaterThan(lanes);
  return { ...figures, seconds: figures.virtualSeconds - submittedAfterMilliseconds / 1000 };
}

it.each<[string, Case, number]>([
  [
    'a step that wants the site for itself, among small steps that never stop coming',
    { action: 'prepare_site', slots: 40, lanes: 3, nodes: 20, waits: 3 },
    75,
  ],
  [
    'a deployment, among younger ones that hold their nodes like it',
    { action: 'deploy_nodes', slots: 40, lanes: 3, nodes: 200, waits: 3 },
    120,
  ],
  [
    'a small step of a lane of its own, while others have every slot',
    { action: 'verify_nodes', slots: 2, lanes: 6, nodes: 100, waits: 0 },
    500,
  ],
])('%s, is served', async (_name, given, withinSeconds) => {
  const { violations, seconds, longestFirstInLineSeconds } = await secondsUntilServed(given);
  expect(violations).toEqual([]);
  expect(seconds).toBeLessThanOrEqual(withinSeconds);
  expect(longestFirstInLineSeconds).toBeLessThanOrEqual(doorSeconds + 15);
});
