import { expect } from '@jest/globals';
import { eventually } from '../eventually.js';
import { Gate, JobRecorder } from '../job-recorder.js';
import type { QueueBehaviour } from '../queue-world.js';

const ring = (id: string) => ({ id, name: 'verify_site', data: { taskId: id } });
const rings = (count: number) => Array.from({ length: count }, (_, index) => ring(`step-${index}`));

export const deliveryBehaviours: readonly QueueBehaviour[] = [
  {
    name: 'hands a ring with its name and data to one handler, once',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      await backend.consume(queue, recorder.options());
      await backend.ring(queue, [ring('a-1')]);
      await recorder.ended(1);
      expect(recorder.jobs[0]).toMatchObject({ id: 'a-1', name: 'verify_site', data: { taskId: 'a-1' } });
      await eventually(async () => (await backend.counts(queue)).completed === 1);
      expect(recorder.ids).toEqual(['a-1']);
    },
  },
  {
    name: 'drops an id that it still keeps, and delivers a fresh one',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      await backend.consume(queue, recorder.options());
      await backend.ring(queue, [ring('a-1')]);
      await eventually(async () => (await backend.counts(queue)).completed === 1);
      await backend.ring(queue, [ring('a-1'), ring('a-2')]);
      await backend.ring(queue, [ring('a-1'), ...rings(12)]);
      await recorder.ended(14);
      expect(recorder.ids).toEqual(['a-1', 'a-2', ...rings(12).map(({ id }) => id)]);
    },
  },
  {
    name: 'delivers five hundred rings of one call, each once',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      await backend.consume(queue, recorder.options(20));
      await backend.ring(queue, rings(500));
      await recorder.ended(500);
      await eventually(async () => (await backend.counts(queue)).active === 0);
      expect(new Set(recorder.ids).size).toBe(500);
      expect(recorder.ids).toHaveLength(500);
    },
  },
  {
    name: 'refuses a colon in an id and more than 200 bytes, and adds none of the call',
    run: async (world, queue) => {
      const backend = await world.open();
      await expect(backend.ring(queue, [ring('a-1'), ring('a:1')])).rejects.toMatchObject({ code: 'queue_refused' });
      const long = { id: 'b-1', name: 'x', data: { text: 'ü'.repeat(100) } };
      await expect(backend.ring(queue, [long])).rejects.toMatchObject({ code: 'queue_refused' });
      expect((await backend.counts(queue)).waiting).toBe(0);
    },
  },
  {
    name: 'keeps about a thousand completed jobs',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      await backend.ring(queue, rings(1_500));
      await backend.consume(queue, recorder.options(20));
      await recorder.ended(1_500);
      await eventually(async () => (await backend.counts(queue)).active === 0);
      // On Postgres every two hundredth end trims, and those beside it do not see each other.
      expect((await backend.counts(queue)).completed).toBeLessThanOrEqual(1_000 + 200 + 20);
    },
  },
  {
    name: 'delivers a job again that its handler put back, and rests until then',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      const beganAt: number[] = [];
      const answer = () => {
        beganAt.push(performance.now());
        return recorder.ids.length === 1 ? { putBackAfterMilliseconds: 300 } : undefined;
      };
      await backend.consume(queue, recorder.options(1, answer));
      await backend.ring(queue, [ring('a-1'), ring('b-1')]);
      await recorder.ended(3);
      expect(recorder.ids.filter((id) => id === 'a-1')).toHaveLength(2);
      expect((beganAt[1] ?? 0) - (beganAt[0] ?? 0)).toBeGreaterThan(250);
      await eventually(async () => (await backend.counts(queue)).completed === 2);
      expect(await backend.counts(queue)).toMatchObject({ failed: 0, delayed: 0, waiting: 0 });
    },
  },
  {
    name: 'keeps a job whose handler threw as failed, and tells the error',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      const answer = () => {
        throw new Error('a bug');
      };
      await backend.consume(queue, recorder.options(1, answer));
      await backend.ring(queue, [ring('a-1')]);
      await eventually(async () => (await backend.counts(queue)).failed === 1);
      expect(recorder.errors.map(({ message }) => message)).toEqual(['a bug']);
      expect(recorder.ids).toEqual(['a-1']);
    },
  },
  {
    name: 'shows what waits, what is active and how far it is',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      const gate = new Gate();
      await backend.ring(queue, [ring('a-1'), ring('b-1')]);
      expect(await backend.waitingIds(queue, 10)).toEqual(['a-1', 'b-1']);
      expect(await backend.hasWaitingJob(queue, 'a-1')).toBe(true);
      const consumer = await backend.consume(
        queue,
        recorder.options(1, () => gate.opened),
      );
      await recorder.began(1);
      await recorder.jobs[0]?.reportProgress(40);
      expect(await backend.hasWaitingJob(queue, 'a-1')).toBe(false);
      expect(await backend.waitingIds(queue, 10)).toEqual(['b-1']);
      expect(await backend.activeJobs(queue)).toEqual([
        {
          id: 'a-1',
          name: 'verify_site',
          data: { taskId: 'a-1' },
          progressPercent: 40,
          pickedUpAt: expect.any(Number),
        },
      ]);
      expect(consumer.pickedUpAt).toEqual(expect.any(Number));
      gate.open();
      await recorder.ended(2);
    },
  },
  {
    name: 'offers its queues to Bull Board read-only',
    run: async (world, queue) => {
      const backend = await world.open();
      await backend.ring(queue, [ring('a-1')]);
      const [board] = await backend.boardQueues([queue]);
      expect(board?.readOnlyMode).toBe(true);
      expect(board?.getName()).toBe(queue);
      expect(await board?.getJobCounts()).toMatchObject({ waiting: 1 });
    },
  },
];
