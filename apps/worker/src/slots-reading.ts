import { type Reading, sample } from '@drydock/telemetry';
import type { LeaseKeeper } from './lease-keeper.js';

/** How many of the worker's slots are in use. */
export function slotsReading(slots: number, leases: Pick<LeaseKeeper, 'heldSteps'>): Reading {
  return {
    name: 'slots',
    gauges: ['drydock_slots'],
    read: () => [
      sample('drydock_slots', { state: 'limit' }, slots),
      sample('drydock_slots', { state: 'used' }, leases.heldSteps),
    ],
  };
}
