import type { ErrorRequestHandler, RequestHandler } from 'express';
import { DrydockError } from '@drydock/model';
import type { Log } from '@drydock/runtime';
import { sendAnswer } from './answer.js';
import { errorAnswer } from './error-answer.js';
import { factsKey } from './mount-routes.js';
import type { RequestFacts } from './request-facts.js';

export const unknownPath: RequestHandler = (request, _response, next) => {
  next(new DrydockError('not_found', `${request.path.slice(0, 200)} does not exist; the API is at /api/v1.0`));
};

/** The one place where errors become answers. What the client may not see goes to the log. */
export function sendErrors(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const answer = errorAnswer(error);
    if (answer.status >= 500) {
      const facts = response.locals[factsKey] as RequestFacts | undefined;
      log.error('request failed', { requestId: facts?.requestId, status: answer.status, error });
    }
    sendAnswer(response, answer);
  };
}
