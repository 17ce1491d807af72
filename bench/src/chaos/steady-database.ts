import { Pool } from 'pg';

/** How long a question may be asked again while Postgres is being restarted. */
const patienceSeconds = 60;
const againMilliseconds = 50;

/** Looks into the database while Postgres is restarted: a question that found nobody is asked again. */
export class SteadyDatabase {
  #pool: Pool | undefined;
  #poolUrl = '';

  /** @param urlNow of the server that runs now */
  constructor(private readonly urlNow: () => string) {}

  /** For reads: it may be asked more than once. */
  async ask<Row extends object>(statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const deadline = performance.now() + patienceSeconds * 1000;
    for (;;) {
      try {
        const { rows } = await this.#poolNow().query<Row>(statement, [...values]);
        return rows;
      } catch (error) {
        if (performance.now() > deadline || isOurFault(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, againMilliseconds));
      }
    }
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }

  #poolNow(): Pool {
    const url = this.urlNow();
    if (this.#pool !== undefined && url === this.#poolUrl) return this.#pool;
    // Its server is gone, and its connections with it.
    this.#pool?.end().catch(() => undefined);
    this.#poolUrl = url;
    this.#pool = new Pool({
      connectionString: url,
      application_name: observerName,
      max: 4,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    // The question that is under way fails, or the next one does.
    this.#pool.on('error', () => undefined);
    return this.#pool;
  }
}

/** Name under which the chaos looks; its own connections are never terminated. */
export const observerName = 'drydock-bench';

/** A statement that is wrong stays wrong: SQLSTATE classes 22, 23 and 42. */
function isOurFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(22|23|42)\w{3}$/.test(code);
}
