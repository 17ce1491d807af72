import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface FakeRequest {
  /** `POST /path` */
  readonly line: string;
  readonly body: Record<string, unknown> | null;
  readonly headers: IncomingMessage['headers'];
}

export const systemPath = '/odd/place/1';
export const resetPath = '/odd/place/1/do-reset';
const account = 'root';
export const password = 'fake-bmc-password';

/** A tiny BMC at links that nobody could guess, whose habits a test changes. */
export class FakeBmc {
  powerState: string | null = 'On';
  boot: Record<string, unknown> = {
    BootSourceOverrideEnabled: 'Disabled',
    BootSourceOverrideTarget: 'None',
    BootSourceOverrideMode: 'UEFI',
  };
  reset: Record<string, unknown> = { target: resetPath };
  hasSessionService = true;
  /** What an accepted reset or boot override really does. */
  obey = true;
  readonly requests: FakeRequest[] = [];
  readonly sessions = new Set<string>();
  /** First answer that is not null counts, before the usual one. */
  interrupt: (request: FakeRequest) => FakeAnswer | 'hang up' | 'silence' | null = () => null;
  private logins = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async listen(address: string): Promise<{ address: string; port: number }> {
    await new Promise<void>((resolve) => this.server.listen(0, address, resolve));
    return { address, port: (this.server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  lines(method?: string): string[] {
    return this.requests.map(({ line }) => line).filter((line) => method === undefined || line.startsWith(method));
  }

  resets(): unknown[] {
    return this.requests.filter(({ line }) => line === `POST ${resetPath}`).map(({ body }) => body?.['ResetType']);
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const body = text === '' ? null : (JSON.parse(text) as Record<string, unknown>);
    const request = { line: `${incoming.method} ${incoming.url}`, body, headers: incoming.headers };
    this.requests.push(request);
    const answer = this.interrupt(request) ?? this.answer(request);
    if (answer === 'silence') return;
    if (answer === 'hang up') {
      incoming.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private answer(request: FakeRequest): FakeAnswer {
    const sessions = this.hasSessionService ? { Links: { Sessions: { '@odata.id': '/odd/sessions' } } } : {};
    if (request.line === 'GET /redfish/v1/') {
      return { status: 200, body: { ...sessions, Systems: { '@odata.id': '/odd/systems' } } };
    }
    if (request.line === 'POST /odd/sessions') return this.logIn(request);
    if (!this.isKnown(request)) return { status: 401 };
    if (request.line.startsWith('DELETE /odd/sessions/')) {
      this.sessions.delete(String(request.headers['x-auth-token']));
      return { status: 204 };
    }
    return this.answerAbout(request);
  }

  private logIn({ body }: FakeRequest): FakeAnswer {
    if (body?.['UserName'] !== account || body['Password'] !== password) return { status: 401 };
    this.logins += 1;
    const token = `token-${this.logins}`;
    this.sessions.add(token);
    return { status: 201, headers: { 'x-auth-token': token, location: `/odd/sessions/${this.logins}` } };
  }

  private isKnown({ headers }: FakeRequest): boolean {
    const basic = `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`;
    return (
      this.sessions.has(String(headers['x-auth-token'])) || (!this.hasSessionService && headers.authorization === basic)
    );
  }

  private answerAbout(request: FakeRequest): FakeAnswer {
    const answers: Record<string, () => FakeAnswer> = {
      'GET /odd/systems': () => ({ status: 200, body: { Members: [{ '@odata.id': systemPath }] } }),
      [`GET ${systemPath}`]: () => ({ status: 200, body: this.system() }),
      [`PATCH ${systemPath}`]: () => {
        if (this.obey) Object.assign(this.boot, request.body?.['Boot']);
        return { status: 200 };
      },
      [`POST ${resetPath}`]: () => {
        if (this.obey) this.powerState = String(request.body?.['ResetType']).includes('On') ? 'On' : 'Off';
        return { status: 204 };
      },
    };
    return answers[request.line]?.() ?? { status: 404 };
  }

  private system(): unknown {
    const Actions = { '#ComputerSystem.Reset': this.reset };
    return { Id: '1', Name: 'node', PowerState: this.powerState, Boot: this.boot, Actions };
  }
}

/** Calls `interrupt` for the first requests of this line only, one answer each. */
export function answersTo(line: string, answers: readonly (FakeAnswer | 'hang up')[]): FakeBmc['interrupt'] {
  const left = [...answers];
  return (request) => (request.line === line ? (left.shift() ?? null) : null);
}

export function bmcError(status: number, messageId: string): FakeAnswer {
  return {
    status,
    body: { error: { '@Message.ExtendedInfo': [{ MessageId: messageId, Message: `says ${messageId}` }] } },
  };
}
