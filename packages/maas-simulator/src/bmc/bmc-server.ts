import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Journal } from '../journal/journal.js';
import { redactJson } from '../journal/redact.js';
import { requireLoopback } from '../loopback.js';
import type { Hardware } from '../world/hardware.js';
import type { World } from '../world/world.js';
import { sessionsPath } from './redfish-documents.js';
import {
  guardedRequests,
  isAccount,
  logout,
  openRequests,
  refusal,
  type BmcCall,
  type BmcReply,
} from './redfish-requests.js';
import { RedfishSessions } from './redfish-sessions.js';

/** A BMC that listens. */
export interface RunningBmc {
  /** Cuts every connection: the BMC has become unreachable. */
  cut(): void;
  close(): Promise<void>;
}

export interface BmcParts {
  readonly world: World;
  readonly hardware: Hardware;
  readonly journal: Journal;
  readonly sessionLimit: number;
  /** For BMCs with scheme https. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

/** Starts the Redfish service of one machine on its own loopback address. */
export async function startBmc(parts: BmcParts): Promise<RunningBmc> {
  const { bmc, name } = parts.hardware.spec;
  requireLoopback(bmc.address, `the BMC address of ${name}`);
  const sessions = new RedfishSessions(parts.sessionLimit);
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(parts, sessions, request, response).catch((error: unknown) => response.destroy(asError(error)));
  };
  const server = makeServer(parts, listener);
  server.on('connection', (socket) => {
    if (parts.hardware.faults.bmcDown === true) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(bmc.port ?? 0, bmc.address, resolve);
  });
  parts.hardware.bmcPort = (server.address() as AddressInfo).port;
  return {
    cut: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function makeServer(parts: BmcParts, listener: (request: IncomingMessage, response: ServerResponse) => void): Server {
  if (parts.hardware.spec.bmc.scheme !== 'https') return createServer(listener);
  if (parts.tls === undefined) {
    throw new Error(
      `the BMC of ${parts.hardware.spec.name} wants https; start the simulator with a TLS key and certificate`,
    );
  }
  return createTlsServer(parts.tls, listener);
}

async function serve(parts: BmcParts, sessions: RedfishSessions, request: IncomingMessage, response: ServerResponse) {
  const text = await readText(request);
  if (parts.hardware.faults.bmcDown === true) {
    request.socket.destroy();
    return;
  }
  const url = (request.url ?? '').split('?', 1)[0] ?? '';
  const call: BmcCall = {
    world: parts.world,
    hardware: parts.hardware,
    sessions,
    method: request.method ?? 'GET',
    path: url.length > 1 ? url.replace(/\/$/, '') : url,
    body: parseJson(text),
    ifMatch: request.headers['if-match'],
    op: null,
  };
  const reply = answer(call, request);
  record(parts, call, reply);
  write(response, reply);
}

function answer(call: BmcCall, request: IncomingMessage): BmcReply {
  const key = `${call.method} ${call.path}`;
  const open = openRequests[key];
  if (open !== undefined) return open(call);
  if (!isAuthenticated(call, request)) return refusal(401, 'NoValidSession', 'there is no valid session');
  const guarded = guardedRequests[key];
  if (guarded !== undefined) return guarded(call);
  if (call.method === 'DELETE' && call.path.startsWith(`${sessionsPath}/`)) return logout(call);
  return refusal(404, 'ResourceMissingAtURI', `there is no ${call.method} ${call.path}`);
}

function isAuthenticated(call: BmcCall, request: IncomingMessage): boolean {
  const token = request.headers['x-auth-token'];
  if (typeof token === 'string') return call.sessions.holdsToken(token);
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return false;
  const [username, ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return isAccount(call.hardware, username, password.join(':'));
}

function record(parts: BmcParts, call: BmcCall, reply: BmcReply): void {
  parts.journal.count('bmc', call.method);
  if (call.method === 'GET' || call.method === 'HEAD') return;
  const { spec, bmcPort } = parts.hardware;
  parts.journal.add({
    virtualSeconds: parts.world.clock.nowSeconds(),
    source: 'bmc',
    method: call.method,
    path: call.path,
    op: call.op,
    params: redactJson(call.body),
    objectId: `${spec.bmc.address}:${bmcPort}`,
    machine: spec.name,
    statusCode: reply.statusCode,
  });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined for an empty body; what is not JSON is kept as text, and no handler will like it. */
function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error instanceof SyntaxError ? text : undefined;
  }
}

function write(response: ServerResponse, reply: BmcReply): void {
  const body = reply.document === undefined ? '' : JSON.stringify(reply.document);
  const type = body === '' ? {} : { 'Content-Type': 'application/json' };
  response.writeHead(reply.statusCode, {
    'OData-Version': '4.0',
    ...type,
    'Content-Length': Buffer.byteLength(body),
    ...reply.headers,
  });
  response.end(body);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
