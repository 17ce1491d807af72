import { describe, expect, it } from '@jest/globals';
import { Dice } from './simulation/dice.js';
import { loadEngine } from './simulation/load-engine.js';
import { weights } from './simulation/outcomes.js';
import { randomWorld } from './simulation/random-world.js';
import { type Figures, Simulation } from './simulation/simulation.js';

let simulation: Simulation;
const engine = await loadEngine(() => simulation);

const tasksPerLane = 6;
const seeds = Array.from({ length: 44 }, (_, seed) => seed);
const figures: Figures[] = [];

/** In one history of four nobody dies and nobody interferes. */
const isRough = (seed: number): boolean => seed % 4 !== 0;

/** Several lanes, schedulers and workers on one set of groups, from the first task to the end of the last. */
async function simulate(seed: number) {
  const dice = new Dice(seed);
  const world = randomWorld(dice);
  simulation = new Simulation(engine, {
    dice,
    world,
    call: { least: 1, most: 200 },
    outcomes: weights,
    faultsPerMinute: isRough(seed) ? 20 : 0,
    ordersPerMinute: isRough(seed) ? 4 : 0,
  });
  const lanes = dice.int(1, 4);
  for (let index = 0; index < lanes * tasksPerLane; index += 1) {
    simulation.submit(`l${index % lanes}`, world.anyPlan());
  }
  return { doorSeconds: world.doorAfterMilliseconds / 1000, ...(await simulation.run()) };
}

/** Once nobody comes before it a step waits for the places that others have: calls, waits and retries, and a lease. */
const drainSeconds = 30;

describe('whatever the groups, the durations and the deaths', () => {
  it.each(seeds)('no limit is exceeded and everything ends, in history %d', async (seed) => {
    const { doorSeconds, ...found } = await simulate(seed);
    figures.push(found);
    expect(found.violations).toEqual([]);
    expect(found.longestFirstInLineSeconds).toBeLessThanOrEqual(doorSeconds + drainSeconds);
  });

  it('of 100,000 steps at most one in fifty wakes a worker for nothing', () => {
    const sum = (of: (one: Figures) => number) => figures.reduce((total, one) => total + of(one), 0);
    const steps = sum((one) => one.steps);
    expect(steps).toBeGreaterThanOrEqual(100_000);
    expect(sum((one) => one.wasted) / steps).toBeLessThanOrEqual(0.02);
    expect(sum((one) => one.wasted - one.wastedAfterFaults) / steps).toBeLessThanOrEqual(0.02);
  });
});
