import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { eventually } from '../eventually.js';
import { Gate, JobRecorder } from '../job-recorder.js';
import type { QueueBehaviour, QueueWorld } from '../queue-world.js';

const ring = (id: string) => ({ id, name: 'deploy_nodes', data: {} });

async function startHolder(world: QueueWorld, queue: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../holder-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', file], {
    env: { ...process.env, ...world.holderEnvironment, HOLDER_QUEUE: queue, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

/** A consumer that has picked up the job of this id, and holds it until its gate opens; any other job ends at once. */
async function holdJob(world: QueueWorld, queue: string, held: { readonly id: string; readonly concurrency: number }) {
  const backend = await world.open();
  const recorder = new JobRecorder();
  const gate = new Gate();
  const consumer = await backend.consume(
    queue,
    recorder.options(held.concurrency, (job) => (job.id === held.id ? gate.opened : undefined)),
  );
  await backend.ring(queue, [ring(held.id)]);
  await recorder.began(1);
  return { backend, consumer, recorder, gate };
}

export const faultBehaviours: readonly QueueBehaviour[] = [
  {
    name: 'delivers the job of a killed process again, and leaves alone what a living one holds for longer than a lock',
    run: async (world, queue) => {
      const { backend, recorder, gate } = await holdJob(world, queue, { id: 'held-1', concurrency: 1 });
      const holding = startHolder(world, queue);
      await backend.ring(queue, [ring('orphan-1')]);
      const holder = await holding;
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      const other = await world.open();
      const heir = new JobRecorder();
      // Began later than `held-1`: its lock runs out last.
      await other.consume(queue, heir.options(5));
      await heir.ended(1);
      expect(heir.ids).toEqual(['orphan-1']);
      expect((await backend.activeJobs(queue)).map(({ id }) => id)).toContain('held-1');
      gate.open();
      await eventually(async () => (await backend.counts(queue)).completed === 2);
      expect(recorder.ids).toEqual(['held-1']);
      expect(recorder.errors).toEqual([]);
    },
  },
  {
    name: 'goes on after every connection was cut, with a handler running',
    run: async (world, queue) => {
      const { backend, recorder, gate } = await holdJob(world, queue, { id: 'long-1', concurrency: 2 });
      expect(await world.cutConnections()).toBeGreaterThan(1);
      await eventually(() =>
        backend.ring(queue, [ring('next-1')]).then(
          () => true,
          () => false,
        ),
      );
      await recorder.began(2);
      expect(await world.cutConnections()).toBeGreaterThan(0);
      gate.open();
      await eventually(async () => (await backend.counts(queue).catch(() => undefined))?.completed === 2);
    },
  },
  {
    name: 'says what keeps a consumer from picking up jobs, which ends by itself',
    run: async (world, queue) => {
      const backend = await world.open();
      const consumer = await backend.consume(queue, new JobRecorder().options());
      await eventually(async () => consumer.trouble === null);
      await world.cutConnections();
      await eventually(async () => consumer.trouble === null);
      const closing = consumer.close(0);
      expect(consumer.trouble).toBe('closed');
      await closing;
    },
  },
  {
    name: 'closes while its connections are cut, and leaves none behind',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      await backend.consume(queue, recorder.options());
      await backend.ring(queue, [ring('a-1')]);
      await recorder.ended(1);
      await world.cutConnections();
      await backend.close();
      await eventually(async () => (await world.countConnections()) === 0);
    },
  },
  {
    name: 'goes on after all jobs were lost, with a handler running',
    run: async (world, queue) => {
      const { backend, recorder, gate } = await holdJob(world, queue, { id: 'lost-1', concurrency: 2 });
      await world.loseAllJobs();
      expect(await backend.hasWaitingJob(queue, 'lost-1')).toBe(false);
      gate.open();
      await backend.ring(queue, [ring('next-1')]);
      await recorder.ended(2);
      // BullMQ says that the job which it should complete is gone; nobody is stopped by it.
      await eventually(async () => recorder.errors.length > 0);
      await backend.ring(queue, [ring('lost-2')]);
      await recorder.ended(3);
      expect(recorder.ids).toEqual(['lost-1', 'next-1', 'lost-2']);
    },
  },
  {
    name: 'picks up with a new Worker while the handlers of the old one run to their end',
    run: async (world, queue) => {
      const { backend, consumer, recorder, gate } = await holdJob(world, queue, { id: 'old-1', concurrency: 1 });
      await consumer.recreate();
      await backend.ring(queue, [ring('new-1')]);
      await recorder.began(2);
      gate.open();
      await eventually(async () => (await backend.counts(queue)).completed === 2);
      expect(recorder.errors).toEqual([]);
    },
  },
  {
    name: 'puts a job back at once when its handler outlasts the grace, and leaves no connection behind',
    run: async (world, queue) => {
      const backend = await world.open();
      const recorder = new JobRecorder();
      const consumer = await backend.consume(
        queue,
        recorder.options(1, () => new Promise(() => undefined)),
      );
      await backend.ring(queue, [ring('stuck-1')]);
      await recorder.began(1);
      await consumer.close(20);
      expect(recorder.jobs[0]?.signal.aborted).toBe(true);
      expect(await backend.hasWaitingJob(queue, 'stuck-1')).toBe(true);
      const heir = new JobRecorder();
      const next = await backend.consume(queue, heir.options());
      await heir.ended(1);
      await next.close(1_000);
      expect(await backend.counts(queue)).toMatchObject({ completed: 1, active: 0, waiting: 0 });
      await backend.close();
      await eventually(async () => (await world.countConnections()) === 0);
    },
  },
];
