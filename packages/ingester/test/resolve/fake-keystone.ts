import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeKeystone {
  /** `http://127.0.0.1:port/v3`. */
  readonly authUrl: string;
  /** Bodies of the requests for tokens that came. */
  readonly asked: readonly unknown[];
  /** Paths with queries. */
  readonly paths: readonly string[];
  /** The next requests are answered so, once each. */
  readonly next: RequestListener[];
  /** Of the tokens given from now on. */
  lifeSeconds: number;
  /** As services behind it would be told. */
  isValid(token: string | undefined): boolean;
  /** All tokens end early, as when the user is changed. */
  revokeAll(): void;
  close(): Promise<void>;
}

export const keystonePassword = 'not-to-be-seen';

/** The part of Identity API v3 that gives tokens for a password. */
export async function startFakeKeystone(): Promise<FakeKeystone> {
  const valid = new Set<string>();
  const asked: unknown[] = [];
  const paths: string[] = [];
  const next: RequestListener[] = [];
  const give: RequestListener = (_request, response) => {
    const token = `token-${asked.length}`;
    valid.add(token);
    const expiresAt = new Date(Date.now() + keystone.lifeSeconds * 1000).toISOString();
    response.writeHead(201, { 'content-type': 'application/json', 'x-subject-token': token });
    response.end(JSON.stringify({ token: { expires_at: expiresAt, methods: ['password'] } }));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    paths.push(`${request.method} ${request.url}`);
    asked.push(JSON.parse(await bodyOf(request)));
    (next.shift() ?? give)(request, response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const keystone: FakeKeystone = {
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`,
    asked,
    paths,
    next,
    lifeSeconds: 3600,
    isValid: (token) => token !== undefined && valid.has(token),
    revokeAll: () => valid.clear(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return keystone;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
