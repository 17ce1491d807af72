import type pg from 'pg';

/** The connections that a pool has now, lent out or not. */
export class OpenConnections {
  readonly #open = new Set<pg.PoolClient>();

  constructor(pool: pg.Pool) {
    pool.on('connect', (client) => {
      this.#open.add(client);
      // One that a transaction has borrowed may break between two statements, when nobody else listens: without this the
      // process would end. The next statement fails.
      client.on('error', () => undefined);
      client.once('end', () => this.#open.delete(client));
    });
  }

  /** As `OpenDatabase.cut`. */
  cut(): number {
    const open = [...this.#open];
    this.#open.clear();
    for (const { connection } of open) connection.stream.destroy(new Error('Connection terminated: nobody answered'));
    return open.length;
  }
}
