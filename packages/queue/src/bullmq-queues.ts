import type { RingQueue, Transport } from './transport.js';

/** The open BullMQ queues of a process, each made at its first use. */
export class BullmqQueues {
  readonly #transport: Transport;
  readonly #opening = new Map<string, Promise<RingQueue>>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** A queue that could not connect at first never will; it is forgotten, and the next call makes another. */
  async open(name: string): Promise<RingQueue> {
    const known = this.#opening.get(name);
    if (known) return known;
    const opening = this.#make(name);
    this.#opening.set(name, opening);
    opening.catch(() => this.#opening.delete(name));
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#opening.values());
    await Promise.allSettled(opened.map(async (result) => result.status === 'fulfilled' && result.value.close()));
  }

  async #make(name: string): Promise<RingQueue> {
    const queue = this.#transport.makeQueue(name);
    // The call that failed rejects, and the transport tells the log of an outage once; this is the same news again.
    queue.on('error', () => undefined);
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      await queue.close();
      throw error;
    }
  }
}
