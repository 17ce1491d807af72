import { randomBytes } from 'node:crypto';
import { afterEach, describe, test } from '@jest/globals';
import type { QueueBackend } from '@drydock/queue';
import { deliveryBehaviours } from './behaviours/delivery.js';
import { faultBehaviours } from './behaviours/faults.js';
import { limitBehaviours } from './behaviours/limits.js';
import type { QueueWorld } from './queue-world.js';

/** What Drydock relies on: the same table for both backends. */
export function runConformance(kind: string, makeWorld: (opened: QueueBackend[]) => QueueWorld): void {
  const opened: QueueBackend[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((backend) => backend.close()));
  });
  describe(`BullMQ on ${kind}`, () => {
    test.each([...deliveryBehaviours, ...limitBehaviours, ...faultBehaviours])('$name', async (behaviour) => {
      await behaviour.run(makeWorld(opened), `tasks-${randomBytes(6).toString('hex')}`);
    });
  });
}
