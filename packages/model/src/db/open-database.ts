import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { OpenConnections } from './open-connections.js';
import { PreparingClient } from './preparing-client.js';
import * as tables from './tables/index.js';

export type Database = NodePgDatabase<typeof tables>;

/** Inside a transaction the same calls work. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: pg.Pool;
  /**
   * Drops every connection without a word to the server: what is under way fails as if the server had gone. For a server
   * that is silent; who waits for an answer of a connection that a router has forgotten waits long.
   * @returns how many there were
   */
  cut(): number;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  readonly maxConnections: number;
  /** A process frozen inside a transaction keeps its locks for this long. Default 30. */
  readonly idleInTransactionSeconds?: number;
  /** Longest wait for an answer, and for a connection at most 10 s of it. Default 35: the server ends statements at 30. */
  readonly answerSeconds?: number;
  /** Off is for test databases only; every published number says which was on. */
  readonly isDurable?: boolean;
  /** A transaction pooler stands between: nothing may be prepared for a connection. Default false. */
  readonly isPooled?: boolean;
  /** An idle connection broke. The pool replaces it. */
  readonly onError: (error: Error) => void;
}

/**
 * A pool with the session settings that we rely on: UTC, durable commits whatever the server says, and limits on
 * statements so that a lost server is noticed.
 */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
  const answerMilliseconds = (options.answerSeconds ?? 35) * 1000;
  const commit = options.isDurable === false ? 'off' : 'on';
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    max: options.maxConnections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: Math.min(10_000, answerMilliseconds),
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    // The server's own limit cannot notice that the server is gone.
    query_timeout: answerMilliseconds,
    ...(options.isPooled === true ? {} : { Client: PreparingClient }),
    options: `-c timezone=UTC -c synchronous_commit=${commit} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=${(options.idleInTransactionSeconds ?? 30) * 1000}`,
  });
  pool.on('error', options.onError);
  const connections = new OpenConnections(pool);
  return { pool, db: drizzle(pool, { schema: tables }), cut: () => connections.cut(), close: () => pool.end() };
}
