import { expect } from '@jest/globals';
import { Gate, JobRecorder } from '../job-recorder.js';
import type { QueueBehaviour } from '../queue-world.js';

const rings = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `step-${index}`, name: 'deploy_node', data: {} }));

export const limitBehaviours: readonly QueueBehaviour[] = [
  {
    name: 'runs as many handlers at once as the consumer asked for, and never more',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      const threeBegan = recorder.began(3);
      await backend.consume(
        queue,
        recorder.options(3, () => threeBegan),
      );
      await backend.ring(queue, rings(30));
      await recorder.ended(30);
      expect(recorder.mostAtOnce).toBe(3);
    },
  },
  {
    name: 'runs one job at once over two processes under a global concurrency of one, again after losing all',
    run: async (world, queue) => {
      const recorder = new JobRecorder();
      const first = await world.open();
      const second = await world.open();
      for (const round of ['before', 'after']) {
        await first.setGlobalConcurrency(queue, 1);
        if (round === 'before') {
          for (const backend of [first, second]) {
            await backend.consume(
              queue,
              recorder.options(5, () => backend.ping()),
            );
          }
        }
        await first.ring(
          queue,
          rings(20).map((ring) => ({ ...ring, id: `${round}-${ring.id}` })),
        );
        await recorder.ended(round === 'before' ? 20 : 40);
        await world.loseAllJobs();
      }
      expect(recorder.mostAtOnce).toBe(1);
    },
  },
  {
    name: 'opens a lane again when the job that held it is removed, whoever holds its lock',
    run: async (world, queue) => {
      const backend = await world.open();
      const other = await world.open();
      await backend.setGlobalConcurrency(queue, 1);
      const recorder = new JobRecorder();
      const gate = new Gate();
      for (const each of [backend, other]) {
        await each.consume(
          queue,
          recorder.options(1, (job) => (job.id === 'run-1' ? gate.opened : undefined)),
        );
      }
      await backend.ring(queue, [{ id: 'run-1', name: 'deploy_nodes', data: {} }]);
      await recorder.began(1);
      await backend.ring(queue, [{ id: 'run-2', name: 'deploy_nodes', data: {} }]);
      expect(await backend.removeActive(queue, 'run-2')).toBe(false);
      expect(await backend.removeActive(queue, 'none-1')).toBe(false);
      expect(await backend.removeActive(queue, 'run-1')).toBe(true);
      await recorder.began(2);
      expect(recorder.ids).toEqual(['run-1', 'run-2']);
      gate.open();
      // The handler of the removed job ends like any other, and its consumer goes on.
      await recorder.ended(2);
      await backend.ring(queue, [{ id: 'run-3', name: 'deploy_nodes', data: {} }]);
      await recorder.ended(3);
    },
  },
];
