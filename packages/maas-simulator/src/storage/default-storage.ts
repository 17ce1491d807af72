import { Refusal } from '../maas/refusal.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import { applyFlatLayout } from './layouts.js';

/** The layout that MAAS sets by itself; a disk that is too small for it stays blank, and deploy will say so. */
export function applyDefaultStorage(world: World, machine: Machine): void {
  try {
    applyFlatLayout(world, machine, {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
