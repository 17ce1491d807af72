import { Client, type ClientConfig, type Notification } from 'pg';

/** Hears the notifications of the channels that it asked for, and is told once when the connection is lost. */
export interface Listening {
  notified(message: Notification): void;
  lost(error: Error): void;
}

/** The process's one connection that LISTENs, whatever the number of workers. Reconnects at the next `listen`. */
export class SharedListener {
  #connecting: Promise<Client> | null = null;
  #statements = new Map<string, Promise<unknown>>();
  #listening = new Set<Listening>();

  constructor(readonly config: ClientConfig) {}

  /** Repeatable. Afterwards `listening` hears every channel that anybody asked for: BullMQ filters by channel itself. */
  async listen(channelStatement: string, listening: Listening): Promise<void> {
    this.#connecting ??= this.#connect();
    const client = await this.#connecting;
    // Once per channel and connection, and never two statements on the way.
    const said = this.#statements.get(channelStatement) ?? client.query(channelStatement);
    this.#statements.set(channelStatement, said);
    await said;
    this.#listening.add(listening);
  }

  forget(listening: Listening): void {
    this.#listening.delete(listening);
  }

  async close(): Promise<void> {
    const connecting = this.#connecting;
    this.#connecting = null;
    this.#listening.clear();
    if (!connecting) return;
    const client = await connecting.catch(() => undefined);
    client?.removeAllListeners('end');
    await client?.end();
  }

  #connect(): Promise<Client> {
    // Keep-alive, or a silently dropped connection would listen to nothing for ever.
    const client = new Client({ ...this.config, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    const connecting = client.connect().then(() => client);
    const drop = (error: Error): void => {
      if (this.#connecting !== connecting) return;
      this.#connecting = null;
      this.#statements.clear();
      const lost = [...this.#listening];
      this.#listening.clear();
      for (const listening of lost) listening.lost(error);
    };
    client.on('error', drop);
    client.on('end', () => drop(new Error('the connection that listens for jobs ended')));
    client.on('notification', (message) => {
      for (const listening of this.#listening) listening.notified(message);
    });
    connecting.catch(drop);
    return connecting;
  }
}
