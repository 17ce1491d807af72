import { type RequestHandler, Router } from 'express';
import type { ApiParts } from '../api-parts.js';
import type { Route } from '../routes.js';
import { sendAnswer } from './answer.js';
import { HttpRefusal } from './http-refusal.js';
import { readJsonBody } from './read-json-body.js';
import { requestFacts, type RequestFacts } from './request-facts.js';

/** Where the facts of a request wait for its handler. */
export const factsKey = 'drydockRequestFacts';

const mounted = { GET: 'get', POST: 'post' } as const;

/** Mounts the table; a known path with another method says which there are. A trailing slash is optional. */
export function mountRoutes(routes: readonly Route[], parts: ApiParts): Router {
  const router = Router({ caseSensitive: true });
  const paths = new Set(routes.map(({ path }) => path));
  for (const path of paths) {
    const here = routes.filter((route) => route.path === path);
    for (const route of here) {
      const before = route.readsBody ? [readJsonBody(route.emptyBodyMessage)] : [];
      router[mounted[route.method]](path, ...before, handlerOf(route, parts));
    }
    router.all(path, otherMethod(path, here));
  }
  return router;
}

function handlerOf(route: Route, parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const query = request.originalUrl.indexOf('?');
    const answer = await route.handle(
      {
        params: request.params as Record<string, string>,
        query: new URLSearchParams(query === -1 ? '' : request.originalUrl.slice(query + 1)),
        headers: request.headers,
        body: request.body as unknown,
        facts: (response.locals[factsKey] as RequestFacts | undefined) ?? requestFacts(request.headers),
        signal: gone.signal,
      },
      parts,
    );
    sendAnswer(response, answer);
  };
}

function otherMethod(path: string, routes: readonly Route[]): RequestHandler {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...methods, 'OPTIONS'].sort().join(', ');
  return (request, response, next) => {
    if (request.method === 'OPTIONS') {
      sendAnswer(response, { status: 200, headers: { Allow: allow } });
      return;
    }
    const message = `${request.method} is not possible on ${path}; allowed are ${allow}`;
    next(new HttpRefusal('method_not_allowed', message, { Allow: allow }));
  };
}
