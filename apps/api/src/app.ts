import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { boardPath } from './admin/bull-board.js';
import type { ApiParts } from './api-parts.js';
import { accessLog } from './http/access-log.js';
import { mountRoutes } from './http/mount-routes.js';
import { requireLoopback } from './http/require-loopback.js';
import { sendErrors, unknownPath } from './http/send-errors.js';
import { routes } from './routes.js';

/** Bull Board's page asks for a font from the internet; the browser must not fetch it. TLS is the ingress's business. */
const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      baseUri: ["'self'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  strictTransportSecurity: false,
});

/** The whole HTTP side over its parts; listens to nothing yet. */
export function createApp(parts: ApiParts, board: Router): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(accessLog(parts.log), headers, requireLoopback);
  app.use(boardPath, board);
  app.use(mountRoutes(routes, parts));
  app.use(unknownPath, sendErrors(parts.log));
  return app;
}
