import { jest } from '@jest/globals';
import type { Engine } from './scheduler-pool.js';
import type { Simulation } from './simulation.js';
import { storeNames } from './simulated-stores.js';

/** The real code of a scheduler's cycle, on the stores of whatever system is simulated at that time. */
export async function loadEngine(current: () => Simulation): Promise<Engine> {
  const stores = Object.fromEntries(
    storeNames.map((name) => [
      name,
      (...given: readonly unknown[]) => {
        const { stores } = current();
        return Reflect.apply(Reflect.get(stores, name) as () => unknown, stores, given);
      },
    ]),
  );
  jest.unstable_mockModule('@drydock/model/db', () => stores);
  const { runCycle } = await import('../../src/run/run-cycle.js');
  const { rebuildState } = await import('../../src/run/rebuild-state.js');
  return { runCycle, rebuildState };
}
