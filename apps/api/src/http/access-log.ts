import type { RequestHandler } from 'express';
import type { Log } from '@drydock/runtime';
import { factsKey } from './mount-routes.js';
import { requestFacts } from './request-facts.js';

/** Gives every request its id, and the log one line when it was answered. Queries are not logged. */
export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const facts = requestFacts(request.headers);
    response.locals[factsKey] = facts;
    response.setHeader('X-Drydock-Req', facts.requestId);
    const startedAt = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      log.info('request served', {
        ...facts,
        method,
        path,
        status: response.statusCode,
        isComplete: response.writableFinished,
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
      });
    });
    next();
  };
}
