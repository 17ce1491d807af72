import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMessage } from '../error-message.js';
import { urlOfListener } from '../network/url-of-listener.js';
import type { ProcessReadiness } from './process-readiness.js';

/** What a process has to show of itself in Prometheus's format. */
export interface MetricsSource {
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface HealthServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Loopback unless the platform's probes come from elsewhere: default 127.0.0.1. */
  readonly host?: string;
  readonly readiness: Pick<ProcessReadiness, 'report'>;
  /** Without it there is no `/metrics`. */
  readonly metrics?: MetricsSource | undefined;
}

export interface HealthServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

interface HealthAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

type Answerer = (options: HealthServerOptions) => Promise<HealthAnswer>;

const answerers: Readonly<Record<string, Answerer>> = {
  /** Depends on nothing but the event loop: a process is not restarted for what another one lacks. */
  '/healthz': async () => jsonAnswer(200, { status: 'ok' }),
  '/readyz': async ({ readiness }) => {
    const report = await readiness.report();
    return jsonAnswer(report.status === 'ok' ? 200 : 503, report);
  },
  '/metrics': async ({ metrics }) => {
    if (!metrics) return notFound;
    const { contentType, text } = await metrics.expose();
    return { status: 200, contentType, body: text };
  },
};

const notFound = jsonAnswer(404, { status: 'not found' });

/** Answers `GET` of `/healthz` (the process lives), `/readyz` (it does its work, else 503) and `/metrics`. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => {
    void answerTo(request, options).then((answer) => send(response, answer, request.method === 'HEAD'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: urlOfListener(host, port),
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answerTo({ method, url = '' }: IncomingMessage, options: HealthServerOptions): Promise<HealthAnswer> {
  if (method !== 'GET' && method !== 'HEAD') return jsonAnswer(405, { status: 'method not allowed' });
  const [path = ''] = url.split('?');
  const answerer = Object.hasOwn(answerers, path) ? answerers[path] : undefined;
  if (!answerer) return notFound;
  try {
    return await answerer(options);
  } catch (error) {
    return jsonAnswer(500, { status: 'failed', detail: errorMessage(error) });
  }
}

function jsonAnswer(status: number, body: object): HealthAnswer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function send(response: ServerResponse, { status, contentType, body }: HealthAnswer, isHead: boolean): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(isHead ? undefined : body);
}
