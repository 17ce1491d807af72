import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlOfListener } from '../network/url-of-listener.js';
import { type HealthChecks, runHealthChecks } from './run-health-checks.js';

export interface HealthServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Loopback unless the platform's probes come from elsewhere: default 127.0.0.1. */
  readonly host?: string;
  readonly checks: HealthChecks;
  readonly checkTimeoutSeconds?: number;
}

export interface HealthServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Answers `GET /healthz` (the process lives) and `GET /readyz` (every named check passes, else 503). */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => {
    if (request.method !== 'GET') return answer(response, 405, { status: 'method not allowed' });
    if (request.url === '/healthz') return answer(response, 200, { status: 'ok' });
    if (request.url !== '/readyz') return answer(response, 404, { status: 'not found' });
    void runHealthChecks(options.checks, options.checkTimeoutSeconds ?? 2).then((report) =>
      answer(response, report.status === 'ok' ? 200 : 503, report),
    );
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

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
