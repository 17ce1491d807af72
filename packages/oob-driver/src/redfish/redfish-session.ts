import type { StepContext } from '@drydock/model';
import type { RedfishConfig } from '../oob-config.js';
import { answerMeaning, answerText } from './answer-meaning.js';
import type { BmcEndpoint } from './bmc-endpoint.js';
import { BmcRefusal } from './bmc-refusal.js';
import { createBmcTransport, type BmcAnswer, type BmcRequest, type BmcTransport } from './bmc-transport.js';
import { bmcUnavailable } from './bmc-unavailable.js';
import { parseServiceRoot, type ServiceRoot } from './resources.js';

export interface RedfishSession {
  readonly endpoint: BmcEndpoint;
  readonly root: ServiceRoot;
  /** Reads a resource; logs in once more when the BMC has dropped the session. @throws BmcRefusal, DrydockError `bmc_unavailable` */
  read(link: string): Promise<BmcAnswer>;
  /** The plain answer, whatever its status. */
  send(request: Omit<BmcRequest, 'signal'>): Promise<BmcAnswer>;
  /** Logs in once more, after a write was refused for want of a session. @returns false when that was done before */
  renew(): Promise<boolean>;
}

interface Login {
  readonly headers: Readonly<Record<string, string>>;
  /** Of the session to delete; null: basic authentication. */
  readonly link: string | null;
}

const serviceRootLink = '/redfish/v1/';
const logoutMilliseconds = 5000;
const withoutSessionService = new Set([404, 405, 501]);

/** Logs in, lets `use` work, and deletes the session whatever happened: BMCs keep only a few. */
export async function withSession<Result>(
  endpoint: BmcEndpoint,
  config: RedfishConfig,
  context: Pick<StepContext, 'signal' | 'log'>,
  use: (session: RedfishSession) => Promise<Result>,
): Promise<Result> {
  const transport = createBmcTransport(endpoint, config);
  const session = new OpenSession(endpoint, transport, context);
  try {
    await session.open();
    return await use(session);
  } finally {
    await session.logOut();
    transport.close();
  }
}

class OpenSession implements RedfishSession {
  root: ServiceRoot = { systemsLink: null, sessionsLink: null };
  private login: Login = { headers: {}, link: null };
  private isRenewed = false;

  constructor(
    readonly endpoint: BmcEndpoint,
    private readonly transport: BmcTransport,
    private readonly context: Pick<StepContext, 'signal' | 'log'>,
  ) {}

  async open(): Promise<void> {
    const answer = await this.send({ method: 'GET', link: serviceRootLink });
    if (answer.status !== 200) {
      throw bmcUnavailable(this.endpoint, `its Redfish service root answered ${answerText(answer)}`);
    }
    this.root = parseServiceRoot(answer.body, this.endpoint);
    await this.logIn();
  }

  send(request: Omit<BmcRequest, 'signal'>): Promise<BmcAnswer> {
    const headers = { ...request.headers, ...this.login.headers };
    return this.transport.send({ ...request, headers, signal: this.context.signal });
  }

  async read(link: string): Promise<BmcAnswer> {
    let answer = await this.send({ method: 'GET', link });
    if (answer.status === 401 && (await this.renew())) answer = await this.send({ method: 'GET', link });
    if (isMovedToSlash(answer, link)) answer = await this.send({ method: 'GET', link: `${link}/` });
    if (answer.status === 200 || answer.status === 202 || answer.status === 204) return answer;
    if (answerMeaning(answer) === 'authentication') throw refusedCredentials(this.endpoint, answer.status);
    throw bmcUnavailable(this.endpoint, `GET ${link} answered ${answerText(answer)}`);
  }

  async renew(): Promise<boolean> {
    if (this.isRenewed || this.login.link === null) return false;
    this.isRenewed = true;
    await this.logOut();
    await this.logIn();
    return true;
  }

  async logOut(): Promise<void> {
    const { link, headers } = this.login;
    this.login = { headers: {}, link: null };
    if (link === null) return;
    try {
      const signal = AbortSignal.timeout(logoutMilliseconds);
      const answer = await this.transport.send({ method: 'DELETE', link, headers, signal });
      if (answer.status >= 400 && answer.status !== 401 && answer.status !== 404) {
        this.context.log.warn('redfish session not deleted', { bmc: this.endpoint.place, status: answer.status });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.context.log.warn('redfish session not deleted', { bmc: this.endpoint.place, reason });
    }
  }

  private async logIn(): Promise<void> {
    const { account, credential } = this.endpoint;
    const basic = `Basic ${Buffer.from(`${account}:${credential}`).toString('base64')}`;
    const link = this.root.sessionsLink;
    if (link === null) {
      this.login = { headers: { authorization: basic }, link: null };
      return;
    }
    const answer = await this.send({ method: 'POST', link, json: { UserName: account, Password: credential } });
    if (withoutSessionService.has(answer.status)) {
      this.login = { headers: { authorization: basic }, link: null };
      return;
    }
    this.login = this.loginOf(answer);
  }

  /** The answer's own words are left out: some BMCs repeat what was sent. */
  private loginOf(answer: BmcAnswer): Login {
    const meaning = answerMeaning(answer);
    if (meaning === 'authentication') throw refusedCredentials(this.endpoint, answer.status);
    const token = answer.headers['x-auth-token'];
    if (meaning !== 'accepted' || token === undefined) {
      throw bmcUnavailable(this.endpoint, `its login answered ${answer.status} and gave no session`);
    }
    const body = answer.body as { '@odata.id'?: unknown } | null;
    const link = answer.headers['location'] ?? body?.['@odata.id'];
    if (typeof link !== 'string') throw bmcUnavailable(this.endpoint, 'its login did not say where the session is');
    return { headers: { 'x-auth-token': token }, link };
  }
}

/** Some BMCs know a collection only with a slash at its end. */
function isMovedToSlash(answer: BmcAnswer, link: string): boolean {
  return (answer.status === 404 || (answer.status >= 301 && answer.status <= 308)) && !link.endsWith('/');
}

function refusedCredentials(endpoint: BmcEndpoint, status: number): BmcRefusal {
  return new BmcRefusal(
    'authentication',
    `the BMC of node ${endpoint.nodeName} at ${endpoint.place} refused the account ${endpoint.account} (${status}); ` +
      'check oob.account and oob.credential in the design, and the rights of that account',
  );
}
