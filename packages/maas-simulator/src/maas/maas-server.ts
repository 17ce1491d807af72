import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { redact } from '../journal/redact.js';
import type { Journal } from '../journal/journal.js';
import type { World } from '../world/world.js';
import type { Call, Endpoint, Reply, User } from './call.js';
import { Form } from './form.js';
import { OAuthVerifier, unauthorized } from './oauth.js';
import { parseBody } from './request-body.js';
import { Refusal, refuse } from './refusal.js';
import { Router } from './router.js';
import { routes } from './routes.js';

/** What the server needs; the world is asked for anew each time, for a reset replaces it. */
export interface MaasServerParts {
  readonly world: () => World;
  readonly journal: Journal;
  readonly users: readonly User[];
}

const base = '/MAAS/api/2.0/';
const anonymous: User = { username: 'AnonymousUser', email: '', isSuperuser: false, apiKey: '' };
/** Bodies are forms; the largest real one is a user_data of some hundred kB. */
const bodyLimitBytes = 16 * 2 ** 20;

/** The MAAS API over HTTP: route, authenticate, find the operation, run it, journal what could change something. */
export function createMaasServer(parts: MaasServerParts): Server {
  const router = new Router(routes);
  const verifier = new OAuthVerifier(parts.users);
  const server = createServer((request, response) => {
    handle(request).then(
      (reply) => write(response, reply),
      (error: unknown) => write(response, replyOf(error)),
    );
  });
  server.keepAliveTimeout = 60_000;
  return server;

  async function handle(request: IncomingMessage): Promise<Reply> {
    const body = await readBody(request);
    const seen: Seen = { call: null, op: null, form: new Form() };
    try {
      const reply = await answer(request, body, seen);
      record(request, seen, reply);
      return reply;
    } catch (error) {
      const reply = replyOf(error);
      record(request, seen, reply);
      return reply;
    }
  }

  async function answer(request: IncomingMessage, body: Buffer, seen: Seen): Promise<Reply> {
    const { path, query, suffixOp } = parseUrl(request.url ?? '');
    seen.op = suffixOp ?? query.get('op') ?? null;
    const match = path.startsWith(base) ? router.match(path.slice(base.length)) : undefined;
    if (match === undefined) throw refuse.text(404, `Unknown API endpoint: ${path}.`);
    const user = verifier.verify(request.headers.authorization, Date.now());
    const method = request.method ?? 'GET';
    const form = method === 'GET' ? new Form() : parseBody(request.headers['content-type'], body);
    seen.form = form;
    const op = suffixOp ?? query.get('op') ?? form.get('op') ?? null;
    seen.op = op;
    const endpoint = match.route.endpoints[op === null ? method : `${method} ${op}`];
    if (endpoint === undefined) {
      if (user === null) throw unauthorized('Forbidden');
      throw refuse.text(400, `Unrecognised signature: method=${method} op=${op ?? 'None'}`);
    }
    requireAccess(endpoint, user);
    const { params } = match;
    const who = user ?? anonymous;
    const call: Call = {
      world: parts.world(),
      users: parts.users,
      user: who,
      method,
      path,
      op,
      params,
      query,
      form,
      objectId: null,
    };
    seen.call = call;
    return await endpoint.run(call);
  }

  function record(request: IncomingMessage, seen: Seen, reply: Reply): void {
    const method = request.method ?? 'GET';
    parts.journal.count('maas', method);
    if (method === 'GET' || method === 'HEAD') return;
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const objectId = seen.call?.objectId ?? path;
    const world = parts.world();
    const systemId = seen.call?.objectId ?? seen.call?.params['systemId'] ?? '';
    parts.journal.add({
      virtualSeconds: world.clock.nowSeconds(),
      source: 'maas',
      method,
      path,
      op: seen.op,
      params: shownParams(seen.form),
      objectId,
      machine: machineName(world, systemId),
      statusCode: reply.statusCode,
    });
  }
}

interface Seen {
  call: Call | null;
  op: string | null;
  form: Form;
}

function requireAccess(endpoint: Endpoint, user: User | null): void {
  if (endpoint.access === 'anonymous') return;
  if (user === null) throw unauthorized('Forbidden');
  if (endpoint.access === 'admin' && !user.isSuperuser) {
    throw refuse.text(403, 'This method is reserved for admin users.');
  }
}

/** The path may end in `op-<name>` instead of a query parameter. */
function parseUrl(url: string): { path: string; query: Form; suffixOp: string | undefined } {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? new Form() : Form.ofEntries(new URLSearchParams(url.slice(mark + 1)));
  const suffix = /^(.*\/)op-(\w+)$/.exec(path);
  return { path: suffix?.[1] ?? path, query, suffixOp: suffix?.[2] };
}

/** Deleted machines have no row any more, but the fleet still knows whose they were. */
function machineName(world: World, systemId: string): string | null {
  return world.machines.get(systemId)?.hardwareName ?? world.formerNames.get(systemId) ?? null;
}

function shownParams(form: Form): Record<string, string | string[]> {
  return Object.fromEntries(
    form
      .entries()
      .filter(([name]) => name !== 'op')
      .map(([name, values]) => {
        const shown = values.map((value) => redact(name, value));
        return [name, shown.length === 1 ? (shown[0] ?? '') : shown];
      }),
  );
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimitBytes) throw refuse.text(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

interface FullReply extends Reply {
  readonly headers?: Readonly<Record<string, string>>;
}

function replyOf(error: unknown): FullReply {
  if (error instanceof Refusal) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { statusCode: error instanceof URIError ? 400 : 500, body: message, contentType: 'text/plain; charset=utf-8' };
}

function write(response: ServerResponse, reply: FullReply): void {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.length;
  response.writeHead(reply.statusCode, {
    ...reply.headers,
    'Content-Type': reply.contentType,
    'Content-Length': length,
    'X-MAAS-API-Hash': 'simulator',
    Vary: 'Authorization,Cookie',
  });
  response.end(reply.body);
}
