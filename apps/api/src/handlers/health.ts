import { readLiveness } from '@drydock/model/db';
import type { ApiParts, Handler } from '../api-parts.js';
import { healthDocument } from '../wire-format/health-document.js';

const checkMilliseconds = 2000;

/** Null: fine. */
type Finding = string | null;

const noDatabase = 'Unable to connect to database';

/**
 * Whether this process can accept and show tasks: nothing but the database is needed for that, unless it was told to
 * stop. Writes nothing.
 */
export const health: Handler = async (_request, parts) => {
  if (parts.stopping.aborted) return { status: 503 };
  const [finding] = await inTime(checkDatabase(parts), [noDatabase]);
  return { status: finding === null ? 204 : 503 };
};

/** Whether tasks also get done: queue, schedulers and workers too. */
export const extendedHealth: Handler = async (_request, parts) => {
  const [databaseFindings, queueFinding] = await Promise.all([
    inTime(checkDatabase(parts), [noDatabase]),
    inTime(checkQueue(parts), 'Unable to connect to the queue'),
  ]);
  const ownFinding = parts.stopping.aborted ? 'This process stops; another one answers' : null;
  const body = healthDocument([...databaseFindings, queueFinding, ownFinding]);
  return { status: body.code, body };
};

async function checkDatabase(parts: ApiParts): Promise<readonly Finding[]> {
  const { schedulers, workers } = await readLiveness(parts.db);
  return [
    null,
    schedulers > 0 ? null : 'No scheduler is alive; accepted tasks wait until one starts',
    workers > 0 ? null : 'No worker is alive; admitted steps wait until one starts',
  ];
}

async function checkQueue(parts: ApiParts): Promise<Finding> {
  await parts.pingQueue();
  return null;
}

/** The check's own answer, or the other one when it fails or takes too long. */
async function inTime<Result>(check: Promise<Result>, otherwise: Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), checkMilliseconds);
  });
  try {
    return await Promise.race([check.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
}
