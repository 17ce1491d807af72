import type { Request, RequestHandler } from 'express';
import type { Log } from '@drydock/runtime';
import { factsKey } from './mount-routes.js';
import { requestFacts } from './request-facts.js';

/** Its path in the table of routes, which holds no ids; `other` for what is not in it, Bull Board among them. */
function routeOf({ route }: Request): string {
  const path: unknown = (route as { readonly path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'other';
}

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
        route: routeOf(request),
        status: response.statusCode,
        isComplete: response.writableFinished,
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
      });
    });
    next();
  };
}
