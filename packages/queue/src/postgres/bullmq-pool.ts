import { EventEmitter } from 'node:events';
import { isDatabaseUnavailable } from '@drydock/model/db';
import { ConnectionClosedError } from 'bullmq';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { Notification, Pool } from 'pg';
import type { Listening, SharedListener } from './shared-listener.js';

/**
 * What BullMQ takes for a `pg.Pool`. With a real one every Worker takes a connection out of the pool to LISTEN on and
 * keeps it, so that a few lanes starve the queries; here all of them share one listener.
 *
 * BullMQ checks out a client for two things only: to read the schema version, and to LISTEN.
 */
export class BullmqPool extends EventEmitter implements PgPool {
  constructor(
    readonly pool: Pool,
    readonly listener: SharedListener,
  ) {
    super();
    // Every Queue and Worker hears the errors of the pool.
    this.setMaxListeners(0);
    pool.on('error', (error) => {
      if (this.listenerCount('error') > 0) this.emit('error', error);
    });
  }

  // BullMQ's interface leaves the row type to the caller, who is BullMQ.
  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    const result = await this.pool.query(text, params ? [...params] : undefined).catch(throwForBullmq);
    return { rows: result.rows as Row[], rowCount: result.rowCount };
  }

  async connect(): Promise<PgPoolClient> {
    return new BullmqClient(this);
  }

  /** BullMQ never ends a pool that it was given; whoever made the pool does. */
  async end(): Promise<void> {}
}

class BullmqClient extends EventEmitter implements PgPoolClient, Listening {
  constructor(readonly source: BullmqPool) {
    super();
  }

  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    const listen = /^listen \w+/im.exec(text);
    if (listen) {
      await this.source.listener.listen(listen[0], this).catch(throwForBullmq);
      return { rows: [], rowCount: 0 };
    }
    return this.source.query<Row>(text, params);
  }

  release(): void {
    this.source.listener.forget(this);
    this.removeAllListeners();
  }

  notified(message: Notification): void {
    const { payload, ...rest } = message;
    this.emit('notification', (payload === undefined ? rest : { ...rest, payload }) satisfies PgNotification);
  }

  lost(error: Error): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  }
}

/**
 * BullMQ tries again for as long as it takes after a lost connection, and else fails the job that it was about to
 * complete; of Postgres's losses it knows ECONNREFUSED alone.
 */
function throwForBullmq(error: unknown): never {
  if (!isDatabaseUnavailable(error)) throw error;
  throw Object.assign(new ConnectionClosedError(`Postgres connection lost (${String(error)})`), { cause: error });
}
