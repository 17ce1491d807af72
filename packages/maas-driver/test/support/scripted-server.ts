import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly contentType: string;
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'drop'
  | 'never';

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Called when a request has arrived. */
  onRequest(act: () => void): void;
  close(): Promise<void>;
}

/** Answers requests in order from a list; the last answer stays. */
export async function startScriptedServer(answers: readonly Answer[]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  let arrived: () => void = () => undefined;
  const server = createServer((request, response) => {
    void answerNext(request, response);
  });
  const answerNext = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    seen.push(await record(request));
    arrived();
    send(request, response, answers[Math.min(seen.length, answers.length) - 1] ?? 'drop');
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/MAAS`,
    seen,
    onRequest: (act) => {
      arrived = act;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    authorization: request.headers.authorization ?? '',
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === 'never') return;
  if (answer === 'drop') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
  response.end(answer.body ?? '{}');
}
