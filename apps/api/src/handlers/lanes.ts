import { DrydockError } from '@drydock/model';
import { eraseLanePause, readLanes, writeLanePause } from '@drydock/model/db';
import type { ApiParts, ApiRequest, Handler } from '../api-parts.js';
import type { Answer } from '../http/answer.js';
import { laneDocument } from '../wire-format/lane-document.js';

export const listLanes: Handler = async (_request, { db }) => {
  return { status: 200, body: (await readLanes(db)).map(laneDocument) };
};

/** Its running task begins no step, and no other task is started there, until somebody resumes it. */
export const pauseLane: Handler = async (request, parts) => {
  const hasMoved = await writeLanePause(parts.db, laneOf(request), request.facts.user);
  return await answer('pause', { request, hasMoved }, parts);
};

export const resumeLane: Handler = async (request, parts) => {
  const hasMoved = await eraseLanePause(parts.db, laneOf(request));
  if (hasMoved) parts.notifyMoves();
  return await answer('resume', { request, hasMoved }, parts);
};

function laneOf({ params }: ApiRequest): string {
  return params['lane'] ?? '';
}

async function answer(
  order: 'pause' | 'resume',
  { request, hasMoved }: { readonly request: ApiRequest; readonly hasMoved: boolean },
  parts: ApiParts,
): Promise<Answer> {
  const name = laneOf(request);
  const { requestId, user } = request.facts;
  if (hasMoved) parts.log.info('lane ordered', { order, lane: name, user, requestId });
  const [lane] = await readLanes(parts.db, name);
  if (lane) return { status: 200, body: laneDocument(lane) };
  throw new DrydockError('not_found', `there is no lane ${name.slice(0, 100)}; GET /api/v1.0/lanes lists them`);
}
