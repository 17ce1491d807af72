import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { refuseBrokenHttp } from './refuse-broken-http.js';

export interface Listening {
  /** With the port that was really taken. */
  readonly url: string;
  /** Lets running requests end, for as long as the grace lasts. */
  close(): Promise<void>;
}

const graceMilliseconds = 5_000;
const receiveMilliseconds = 60_000;

export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer({ requestTimeout: receiveMilliseconds }, app);
  refuseBrokenHttp(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${address.port}`, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeIdleConnections();
    });
  } finally {
    clearTimeout(timer);
  }
}
