import { Client, type ClientConfig, type Notification } from 'pg';
import { within } from '../within.js';

/** Without questions a connection that a router has forgotten could not be told from a quiet one. */
const askMilliseconds = 2_000;
const answerMilliseconds = 2_000;
const leaveMilliseconds = 1_000;

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
  #isConnected = false;
  #asking: NodeJS.Timeout | undefined;

  constructor(readonly config: ClientConfig) {}

  get isConnected(): boolean {
    return this.#isConnected;
  }

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
    this.#isConnected = false;
    this.#listening.clear();
    if (!connecting) return;
    const client = await connecting.catch(() => undefined);
    client?.removeAllListeners('end');
    clearInterval(this.#asking);
    // A server that is silent does not take leave.
    await within(client?.end() ?? Promise.resolve(), leaveMilliseconds).catch(() =>
      client?.connection.stream.destroy(),
    );
  }

  #connect(): Promise<Client> {
    const client = new Client({ ...this.config, query_timeout: answerMilliseconds });
    const connecting = client.connect().then(() => {
      this.#isConnected = this.#connecting === connecting;
      if (this.#isConnected)
        this.#asking = setInterval(() => void client.query('select 1').catch(giveUp), askMilliseconds);
      return client;
    });
    const drop = (error: Error): void => {
      if (this.#connecting !== connecting) return;
      clearInterval(this.#asking);
      this.#connecting = null;
      this.#isConnected = false;
      this.#statements.clear();
      const lost = [...this.#listening];
      this.#listening.clear();
      for (const listening of lost) listening.lost(error);
    };
    const giveUp = (error: Error): void => {
      drop(error);
      client.connection.stream.destroy();
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
