import { createBullBoard } from '@bull-board/api';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { type Express, Router } from 'express';
import { HttpRefusal } from '../http/http-refusal.js';

export const boardPath = '/admin/queues';

const allow = 'GET, HEAD';

/** Bull Board over read-only queues. Whatever it might offer, only reading requests reach it. */
export function bullBoard(queues: readonly BaseAdapter[]): Router {
  const adapter = new ExpressAdapter();
  adapter.setBasePath(boardPath);
  createBullBoard({
    queues: [...queues],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Drydock queues', hideRedisDetails: true } },
  });
  adapter.setErrorHandler((error) => ({
    status: 500,
    body: { type: 'error', message: `the queue does not answer (${error.name}); see the log of the API`, retry: true },
  }));
  // It is an application of its own, with its own habits.
  const board = adapter.getRouter() as Express;
  board.disable('x-powered-by');
  const router = Router();
  router.use((request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') next();
    else
      next(
        new HttpRefusal('method_not_allowed', `the queues can only be read; allowed are ${allow}`, { Allow: allow }),
      );
  });
  router.use(board);
  return router;
}
