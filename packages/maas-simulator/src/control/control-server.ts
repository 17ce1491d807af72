import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ControlRefusal } from './fleet-schema.js';
import { controlRequests, type ControlCall } from './control-requests.js';
import type { Stage } from './stage.js';

/** The control API (README): a port of its own, JSON in and out. */
export function createControlServer(stage: Stage): Server {
  const server = createServer((request, response) => {
    answer(stage, request).then(
      (value) => write(response, 200, value ?? {}),
      (error: unknown) => write(response, statusOf(error), { error: messageOf(error) }),
    );
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(stage: Stage, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const body = await readJson(request);
  for (const { method, path, run } of controlRequests) {
    const params = match(path, parts);
    if (method !== request.method || params === undefined) continue;
    const call: ControlCall = { stage, params, query: url.searchParams, body };
    return await run(call);
  }
  throw new ControlRefusal(404, `there is no ${request.method} ${url.pathname}; the README lists the control API`);
}

function match(path: string, parts: readonly string[]): Record<string, string> | undefined {
  const wanted = path.split('/');
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const part = decodeURIComponent(parts[index] ?? '');
    if (segment.startsWith(':')) params[segment.slice(1)] = part;
    else if (segment !== part) return undefined;
  }
  return params;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ControlRefusal(400, `the body is no JSON: ${messageOf(error)}`);
  }
}

function statusOf(error: unknown): number {
  return error instanceof ControlRefusal ? error.statusCode : 500;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function write(response: ServerResponse, statusCode: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(statusCode, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
