import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface DesignHost {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly port: number;
  /** In the order of arrival. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Answers by path, without the query; a path that is not in the table gets a 404. */
export type Answers = Readonly<Record<string, RequestListener>>;

/** A web server on loopback that says and does what a test wants. */
export async function startDesignHost(answers: Answers, server: Server = createServer()): Promise<DesignHost> {
  const requests: SeenRequest[] = [];
  server.on('request', (request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    const answer = answers[path.split('?')[0] ?? ''];
    if (answer === undefined) response.writeHead(404).end('not here');
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
