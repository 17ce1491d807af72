import express, { type RequestHandler } from 'express';
import { DrydockError } from '@drydock/model';

export const bodyLimitBytes = 1024 * 1024;

const parseJson = express.json({ limit: bodyLimitBytes, strict: false, type: () => true });

/** `application/json`, with or without parameters; body-parser refuses a charset that it cannot read. */
const jsonType = /^application\/json\s*(;|$)/i;

/** Reads the body of a request that must have one. */
export function readJsonBody(emptyBodyMessage = 'the body is missing; send a JSON object'): RequestHandler {
  return (request, response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (!hasBody) {
      next(new DrydockError('invalid_request', emptyBodyMessage));
      return;
    }
    const type = request.headers['content-type'];
    if (type === undefined || !jsonType.test(type.trim())) {
      next(
        new DrydockError(
          'invalid_request',
          `Content-Type must be application/json, ${type === undefined ? 'and is missing' : 'not another'}`,
        ),
      );
      return;
    }
    parseJson(request, response, next);
  };
}

/** @throws DrydockError `invalid_request` for JSON that is no object */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  const found = Array.isArray(body) ? 'an array' : body === null ? 'null' : `a ${typeof body}`;
  throw new DrydockError('invalid_request', `the body must be a JSON object, not ${found}`);
}
