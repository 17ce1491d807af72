export interface ServerSettingsOptions {
  /** False only for databases that may be lost with the machine's power: those of tests. */
  readonly durable: boolean;
  /** Settings of the caller's own, e.g. `shared_preload_libraries`. They win over ours, except for where we listen. */
  readonly extra?: Readonly<Record<string, string>>;
}

const sized = {
  // Every process holds up to 12 connections (BullMQ's pool and ours), tests many more.
  max_connections: '300',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  password_encryption: 'scram-sha-256',
};

const durability = {
  true: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' },
  false: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
};

/** Loopback only and no unix socket: nobody else's permissions on a socket directory can matter. */
const closed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', logging_collector: 'off' };

/** Every setting that our server is started with, by name. */
export function serverSettings({ durable, extra }: ServerSettingsOptions): Readonly<Record<string, string>> {
  return { ...sized, ...durability[`${durable}`], ...extra, ...closed };
}
