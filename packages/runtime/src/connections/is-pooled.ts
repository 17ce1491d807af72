import type { Secret } from '../secret.js';

/**
 * Whether a transaction pooler stands before Postgres: who names another, direct way has one. `npm start` names the same
 * way twice for its processes.
 */
export function isPooled(config: {
  readonly databaseUrl: Secret;
  readonly databaseDirectUrl?: Secret | undefined;
}): boolean {
  const { databaseUrl, databaseDirectUrl } = config;
  return databaseDirectUrl !== undefined && databaseDirectUrl.reveal() !== databaseUrl.reveal();
}
