import { describeUrl } from '../postgres/connect-url.js';
import { type DatabaseSearch, searchPostgres } from '../postgres/provide-database.js';
import { askVersion, canListen } from './ask-postgres.js';
import type { DoctorFinding } from './doctor-report.js';
import { errorMessage } from '../error-message.js';

export interface DatabaseFacts {
  readonly url: string | undefined;
  readonly directUrl: string | undefined;
  readonly dataDirectory: string;
  readonly search: DatabaseSearch | undefined;
}

/** What the fallback order `DATABASE_URL` → embedded → system gives, and why. */
export async function inspectDatabase(facts: DatabaseFacts): Promise<readonly DoctorFinding[]> {
  if (facts.url) return inspectGiven(facts.url, facts.directUrl);
  const { dataDirectory, search = {} } = facts;
  const { account, found } = await searchPostgres({ dataDirectory, search });
  const passedOver = found.rejected.map(({ kind, where, reason }) => `${kind} (${where}): ${reason}`).join('; ');
  const name = 'database';
  if (found.chosen === undefined) {
    const action = 'set DATABASE_URL, or install PostgreSQL, e.g. apt-get install postgresql';
    return [{ name, status: 'failed', found: passedOver, action }];
  }
  const { kind, version, root } = found.chosen;
  const because = passedOver === '' ? 'DATABASE_URL is not set' : `DATABASE_URL is not set; passed over: ${passedOver}`;
  const as = account === undefined ? '' : `, run as the user ${account.name}`;
  return [
    { name, status: 'ok', found: `${kind} PostgreSQL ${version} in ${root}${as}, because ${because}` },
    { name: 'listen', status: 'ok', found: 'possible: the own server has no pooler before it' },
  ];
}

async function inspectGiven(url: string, directUrl: string | undefined): Promise<readonly DoctorFinding[]> {
  const name = 'database';
  try {
    const version = await askVersion(url);
    const listening = await inspectListen(directUrl || url);
    return [{ name, status: 'ok', found: `PostgreSQL ${version}, because DATABASE_URL is set` }, listening];
  } catch (error) {
    const found = `DATABASE_URL is set, but ${addressOf(url)} does not answer (${reasonOf(error)})`;
    return [{ name, status: 'failed', found, action: 'start it, or correct DATABASE_URL' }];
  }
}

async function inspectListen(url: string): Promise<DoctorFinding> {
  const name = 'listen';
  try {
    if (await canListen(url)) return { name, status: 'ok', found: 'possible' };
  } catch (error) {
    const found = `${addressOf(url)} does not answer (${reasonOf(error)})`;
    return { name, status: 'failed', found, action: 'correct DATABASE_DIRECT_URL' };
  }
  const found = 'not possible here (a transaction pooler?); changes are polled for every 250 ms';
  return { name, status: 'warning', found, action: 'set DATABASE_DIRECT_URL to Postgres itself' };
}

function addressOf(url: string): string {
  return URL.canParse(url) ? describeUrl(url) : 'its value, which is no URL,';
}

function reasonOf(error: unknown): string {
  return errorMessage(error);
}
