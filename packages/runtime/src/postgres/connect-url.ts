/** The parts of a connection string to a server on the loopback address. */
export interface LoopbackDatabase {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The connection string. It holds the password: never log it. */
export function connectUrl({ port, user, password, database }: LoopbackDatabase): string {
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** The same string without the password, for logs and people. */
export function describeUrl(url: string): string {
  const parsed = new URL(url);
  return `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}`;
}
