import { UsageError } from '../usage-error.js';

export interface DatabaseSetting {
  /** The variable that it comes from. */
  readonly variable: string;
  /** Holds the password: for the driver only. */
  readonly url: string;
  /** The same without user info and query, for people. */
  readonly place: string;
}

/** In order of preference: the lock of a migration does not survive a transaction pooler. */
const variables = ['DATABASE_DIRECT_URL', 'DATABASE_URL'] as const;

const example = 'postgresql://drydock:PASSWORD@db.example.com:5432/drydock';

/** First what a URL lacks as a whole. None shows any of the value, all of which may be a password. */
const faults: readonly (readonly [isFaulty: (value: string) => boolean, problem: string])[] = [
  [(value) => !value.includes(':'), 'is not a URL'],
  [
    (value) => !/^postgres(ql)?:/i.test(value),
    'is not a PostgreSQL URL: it begins with neither postgresql:// nor postgres://',
  ],
  [(value) => !/^\w+:\/\//.test(value), 'has no // after its scheme'],
  [(value) => /^\w+:\/\/([^/?#]*@)?(:\d*)?($|[?#])/.test(value), 'names no host'],
  [
    (value) => !URL.canParse(withHost(value)),
    'has a host or port that is not valid; percent-encode what is special in user name and password (# as %23, / as %2F)',
  ],
];

/**
 * Where to migrate.
 * @throws UsageError that names the variable, what is wrong and a right value, and shows nothing of the wrong one
 */
export function databaseSetting(env: Readonly<Record<string, string | undefined>>): DatabaseSetting {
  const variable = variables.find((name) => env[name]?.trim());
  if (variable === undefined) throw new UsageError(`DATABASE_URL is not set; give it like ${example}`);
  const url = env[variable]?.trim() ?? '';
  // The driver also takes the folder of a Unix socket.
  if (/^(\/|socket:)/.test(url)) return { variable, url, place: url.replace(/[\s?].*$/s, '').replace(/^.*@/, '') };
  const [, problem] = faults.find(([isFaulty]) => isFaulty(url)) ?? [];
  if (problem !== undefined) throw new UsageError(`${variable} ${problem}; give it like ${example}`);
  const { host, pathname } = new URL(withHost(url));
  // An @ in the path ends a password that holds a slash.
  return { variable, url, place: pathname.includes('@') ? pathname.replace(/^.*@/s, '') : `${host}${pathname}` };
}

/** With user info, URL parsers want a host; the driver does not, it takes that of the query. */
function withHost(url: string): string {
  return url.replace(/@\//, '@localhost/');
}
