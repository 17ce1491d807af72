import { type Log, silentLog } from '../logging/log.js';
import { DrydockError } from '@drydock/model';
import { clusterHomeIn } from './cluster-home.js';
import { connectUrl, describeUrl } from './connect-url.js';
import { ensureDatabase } from './ensure-database.js';
import { findPostgres, type FoundPostgres } from './find-postgres.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { chooseServerAccount } from './server-account.js';
import { serverSettings } from './server-settings.js';
import { startPostgresServer } from './start-postgres-server.js';
import type { SystemSearch } from './system-binaries.js';

export interface ProvideDatabaseOptions {
  /** `DATABASE_URL`; when given it is used and nothing is started. */
  readonly url?: string | undefined;
  /** Where the embedded server keeps its files (`DRYDOCK_DATA_DIR`). Made when missing. */
  readonly dataDirectory: string;
  /** The database's name, made when missing. Default `drydock`. */
  readonly database?: string;
  /** False only in tests: a commit may then be lost with the machine's power. Default true. */
  readonly durable?: boolean;
  /** Further server settings, e.g. `{ shared_preload_libraries: 'pg_stat_statements' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: Log;
  readonly startTimeoutSeconds?: number;
  /** Where programs are looked for; the defaults are right outside tests. */
  readonly search?: DatabaseSearch;
}

export interface DatabaseSearch {
  readonly embedded?: PostgresBinaries | null;
  readonly system?: SystemSearch;
  readonly copiesDirectory?: string;
  readonly uid?: number | undefined;
  readonly passwdFile?: string;
}

export interface ProvidedDatabase {
  /** A connection string of a role that may do everything. It holds a password: never log it. */
  readonly url: string;
  readonly kind: 'given' | 'embedded' | 'system';
  /** One line for people, without the password. */
  describe(): string;
  /** Stops what was started here. May be repeated. */
  close(): Promise<void>;
}

const superuser = 'drydock';

/** Gives a database: `DATABASE_URL`, else an own server with npm's binaries, else one with the system's. */
export async function provideDatabase(options: ProvideDatabaseOptions): Promise<ProvidedDatabase> {
  if (options.url !== undefined && options.url !== '') return givenDatabase(options.url);
  const log = options.log ?? silentLog;
  const { account, found } = await searchPostgres(options);
  if (found.chosen === undefined) throw notFound(found);
  const binaries = found.chosen;
  const server = await startPostgresServer({
    dataDirectory: options.dataDirectory,
    binaries,
    account,
    superuser,
    log,
    durable: options.durable ?? true,
    settings: serverSettings({ durable: options.durable ?? true, extra: options.settings ?? {} }),
    startTimeoutSeconds: options.startTimeoutSeconds ?? 30,
  });
  const database = options.database ?? 'drydock';
  const parts = { port: server.port, user: superuser, password: server.password };
  try {
    await ensureDatabase(connectUrl({ ...parts, database: 'postgres' }), database);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: connectUrl({ ...parts, database }),
    kind: binaries.kind,
    describe: () =>
      `${binaries.kind} PostgreSQL ${binaries.version}, ${server.origin}, 127.0.0.1:${server.port}/${database}, data in ${options.dataDirectory}`,
    close: () => server.stop(),
  };
}

/** Looks for server programs as `provideDatabase` does, and starts nothing: for `doctor`. */
export async function searchPostgres(options: ProvideDatabaseOptions): Promise<{
  readonly account: Awaited<ReturnType<typeof chooseServerAccount>>;
  readonly found: FoundPostgres;
}> {
  const search = options.search ?? {};
  const account = await chooseServerAccount({
    uid: 'uid' in search ? search.uid : process.getuid?.(),
    clusterHome: clusterHomeIn(options.dataDirectory).directory,
    ...(search.passwdFile === undefined ? {} : { passwdFile: search.passwdFile }),
  });
  const found = await findPostgres({
    account,
    copiesDirectory: search.copiesDirectory ?? '/var/lib/drydock/binaries',
    log: options.log ?? silentLog,
    system: search.system ?? { searchPath: '/usr/local/bin:/usr/bin' },
    ...(search.embedded === undefined ? {} : { embedded: search.embedded }),
  });
  return { account, found };
}

function givenDatabase(url: string): ProvidedDatabase {
  return {
    url,
    kind: 'given',
    describe: () => `PostgreSQL of DATABASE_URL at ${describeUrl(url)}`,
    close: () => Promise.resolve(),
  };
}

function notFound({ rejected }: FoundPostgres): DrydockError {
  const reasons = rejected.map(({ kind, reason }) => `${kind}: ${reason}`).join('; ');
  return new DrydockError(
    'postgres_not_found',
    `no PostgreSQL to run: set DATABASE_URL, or install one (e.g. apt-get install postgresql) [${reasons}]`,
  );
}
