import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Express } from 'express';
import { refuseBrokenHttp } from './refuse-broken-http.js';

export interface Listening {
  /** With the port that was really taken. */
  readonly url: string;
  readonly isAccepting: boolean;
  /** Serves on for so long and ends each connection with its next answer, so that clients go elsewhere by themselves. */
  drain(seconds: number): Promise<void>;
  /** Lets running requests end, for as long as the grace lasts. */
  close(): Promise<void>;
}

const graceMilliseconds = 5_000;
const receiveMilliseconds = 60_000;

export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer({ requestTimeout: receiveMilliseconds });
  const endConnections = endingConnections(server);
  server.on('request', app);
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
  return {
    url: `http://${name}:${address.port}`,
    get isAccepting() {
      return server.listening;
    },
    drain: async (seconds) => {
      endConnections();
      await delay(seconds * 1000);
    },
    close: async () => {
      endConnections();
      await closeServer(server);
    },
  };
}

/**
 * A connection that we close while it is idle may just be carrying the next request. One that ends with an answer
 * cannot: the client is told so in that answer.
 */
function endingConnections(server: Server): () => void {
  const answering = new Set<ServerResponse>();
  let isEnding = false;
  server.on('request', (_request, response: ServerResponse) => {
    if (isEnding) endWithAnswer(response);
    answering.add(response);
    response.once('close', () => answering.delete(response));
  });
  return () => {
    isEnding = true;
    for (const response of answering) endWithAnswer(response);
  };
}

function endWithAnswer(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
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
