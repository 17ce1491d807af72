import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import { BullmqConsumer } from './bullmq-consumer.js';
import { BullmqQueues } from './bullmq-queues.js';
import { bulkFrom, eventStreamLength } from './bullmq-settings.js';
import type { ConsumeOptions, Consumer } from './consumer.js';
import type { QueueBackend, QueueCounts, QueueKind } from './queue-backend.js';
import { checkRing, type Ring } from './ring.js';
import type { ActiveJob } from './rung-job.js';
import type { RingJob, Transport } from './transport.js';

/** BullMQ ends a job whatever its lock says when it is told this token. */
const anyLock = '0';
const activeJobsShown = 100;

/** The backend over a transport. What it cannot do without BullMQ stands here; what differs, in the transport. */
export class BullmqBackend implements QueueBackend {
  readonly kind: QueueKind;
  readonly #transport: Transport;
  readonly #queues: BullmqQueues;
  readonly #consumers = new Set<Consumer>();
  #closing: Promise<void> | undefined;

  constructor(transport: Transport) {
    this.kind = transport.kind;
    this.#transport = transport;
    this.#queues = new BullmqQueues(transport);
  }

  async ring(queue: string, rings: readonly Ring[]): Promise<void> {
    for (const ring of rings) checkRing(ring);
    const open = await this.#queues.open(queue);
    if (rings.length >= bulkFrom) {
      await open.addBulk(rings.map(({ id, name, data }) => ({ name, data, opts: { jobId: id } })));
      return;
    }
    for (const { id, name, data } of rings) await open.add(name, data, { jobId: id });
  }

  async consume(queue: string, options: ConsumeOptions): Promise<Consumer> {
    // Writes the length of the event stream, which a Worker does not.
    await this.#queues.open(queue);
    const consumer = await BullmqConsumer.start(
      (processor) => this.#transport.makeWorker(queue, processor, options.concurrency),
      options,
    );
    this.#consumers.add(consumer);
    return consumer;
  }

  async setGlobalConcurrency(queue: string, limit: number): Promise<void> {
    const open = await this.#queues.open(queue);
    // FLUSHALL drops both.
    await open.getBackend().setQueueMeta({ concurrency: limit, 'opts.maxLenEvents': eventStreamLength });
  }

  async waitingIds(queue: string, limit: number): Promise<readonly string[]> {
    const open = await this.#queues.open(queue);
    return open.getRanges(['waiting', 'delayed'], 0, limit - 1, true);
  }

  async hasWaitingJob(queue: string, id: string): Promise<boolean> {
    const open = await this.#queues.open(queue);
    const state = await open.getJobState(id);
    return state === 'waiting' || state === 'delayed';
  }

  async activeJobs(queue: string): Promise<readonly ActiveJob[]> {
    const open = await this.#queues.open(queue);
    const jobs: (RingJob | undefined)[] = await open.getJobs(['active'], 0, activeJobsShown - 1);
    // A job that ended between the list and its look-up is not there.
    return jobs.flatMap((job) => (job ? [activeJob(job)] : []));
  }

  async removeActive(queue: string, id: string): Promise<boolean> {
    const open = await this.#queues.open(queue);
    const job = await open.getJob(id);
    if (!job || (await job.getState()) !== 'active') return false;
    try {
      await open.getBackend().moveToCompleted(job, null, true, anyLock, false);
      return true;
    } catch (error) {
      // It ended, or stalled and waits again, between the two calls.
      if ((await open.getJobState(id)) === 'active') throw error;
      return false;
    }
  }

  async counts(queue: string): Promise<QueueCounts> {
    const open = await this.#queues.open(queue);
    const counts = await open.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed');
    const count = (state: keyof QueueCounts): number => counts[state] ?? 0;
    return {
      waiting: count('waiting'),
      active: count('active'),
      delayed: count('delayed'),
      completed: count('completed'),
      failed: count('failed'),
    };
  }

  async boardQueues(queues: readonly string[]): Promise<BaseAdapter[]> {
    const open = await Promise.all(queues.map((name) => this.#queues.open(name)));
    return open.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false }));
  }

  async ping(): Promise<void> {
    await this.#transport.ping();
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close(0)));
    await this.#queues.close();
    await this.#transport.close();
  }
}

function activeJob(job: RingJob): ActiveJob {
  return {
    id: job.id ?? '',
    name: job.name,
    data: job.data,
    progressPercent: typeof job.progress === 'number' ? job.progress : 0,
    pickedUpAt: job.processedOn ?? null,
  };
}
