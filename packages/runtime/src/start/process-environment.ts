/** The processes of a running Drydock. */
export type AppName = 'api' | 'scheduler' | 'worker';

export interface EnvironmentRow {
  readonly apps: readonly AppName[];
  readonly meaning: string;
}

const all = ['api', 'scheduler', 'worker'] as const;

/** What the starter sets for an app: THE table; docs/configuration.md describes the same names. */
export const environmentTable = {
  DATABASE_URL: { apps: all, meaning: 'Postgres; may be a transaction pooler' },
  DATABASE_DIRECT_URL: { apps: all, meaning: 'Postgres without a pooler, for LISTEN and BullMQ' },
  DRYDOCK_SECRET_KEY_FILE: { apps: all, meaning: 'key of the secret rows, 32 bytes as base64' },
  DRYDOCK_DATA_DIR: { apps: all, meaning: 'where the files of this installation lie' },
  DRYDOCK_API_HOST: { apps: ['api'], meaning: 'address to listen on' },
  DRYDOCK_API_PORT: { apps: ['api'], meaning: 'port to listen on' },
  DRYDOCK_API_DRAIN_SECONDS: { apps: ['api'], meaning: 'how long it still serves when it is told to stop' },
  DRYDOCK_HEALTH_HOST: { apps: all, meaning: 'address of /healthz, /readyz and /metrics' },
  DRYDOCK_API_HEALTH_PORT: { apps: ['api'], meaning: '/healthz, /readyz and /metrics of an API' },
  DRYDOCK_SCHEDULER_HEALTH_PORT: { apps: ['scheduler'], meaning: '/healthz, /readyz and /metrics of a scheduler' },
  DRYDOCK_WORKER_HEALTH_PORT: { apps: ['worker'], meaning: '/healthz, /readyz and /metrics of a worker' },
} as const satisfies Record<string, EnvironmentRow>;

export type ComputedEnvironment = Partial<Readonly<Record<keyof typeof environmentTable, string>>>;

/** What every app gets from the environment of the starter as it is. */
const passedNames = ['REDIS_URL', 'PATH', 'HOME', 'TZ', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];
const passedPrefixes = ['DRYDOCK_', 'MAAS_', 'OTEL_'];

/** The environment of one app: what the user set, and over it what the starter computed. */
export function appEnvironment(
  app: AppName,
  computed: ComputedEnvironment,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const passed = Object.entries(own).filter(
    ([name]) =>
      !(name in environmentTable) &&
      (passedNames.includes(name) || passedPrefixes.some((prefix) => name.startsWith(prefix))),
  );
  const set = Object.entries(environmentTable).map(([name, row]: [string, EnvironmentRow]) => [
    name,
    row.apps.includes(app) ? (computed as Record<string, string | undefined>)[name] : undefined,
  ]);
  const known = [...passed, ...set].filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Record<string, string>;
}
