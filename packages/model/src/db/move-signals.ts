import pg from 'pg';

const channel = 'drydock_moves';

/** At most one notify per this time and process: a notify serializes commits. */
const quietMilliseconds = 5;

/**
 * Tells schedulers that steps moved. Outside of every transaction and never awaited: schedulers also look every second.
 */
export class MoveNotifier {
  private timer: NodeJS.Timeout | undefined;
  private sending: NodeJS.Immediate | undefined;
  private isQuiet = false;
  private isOwed = false;

  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  notify(): void {
    if (this.isQuiet) {
      this.isOwed = true;
      return;
    }
    this.isQuiet = true;
    // One for all that was committed in the same turn of the event loop.
    this.sending = setImmediate(() => this.send());
  }

  private send(): void {
    this.sending = undefined;
    this.isOwed = false;
    this.pool.query(`select pg_notify('${channel}', '')`).catch(this.onError);
    this.timer = setTimeout(() => {
      this.isQuiet = false;
      if (this.isOwed) this.notify();
    }, quietMilliseconds);
  }

  /** Tells what it was just about to tell. */
  close(): void {
    if (this.sending !== undefined) {
      clearImmediate(this.sending);
      this.send();
    }
    clearTimeout(this.timer);
  }
}

export interface MoveListener {
  /** False while the connection is down: poll every 250 ms instead. */
  readonly isListening: boolean;
  close(): Promise<void>;
}

/** Nothing is said on a connection that listens: without questions a dead one could not be told from a quiet one. */
const askMilliseconds = 2000;
const listenLimits = { query_timeout: 2000, connectionTimeoutMillis: 5000 } as const;

/**
 * Listens on a direct connection (a transaction pooler cannot), and connects anew for ever when it breaks or is silent.
 * @param onMove also called after each reconnect, since something may have been missed
 */
export function listenForMoves(
  connectionString: string,
  onMove: () => void,
  onError: (error: unknown) => void,
): MoveListener {
  const reconnectMilliseconds = 1000;
  let client: pg.Client | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;
  const state = { isListening: false };

  const reconnect = (): void => {
    if (isClosed) return;
    state.isListening = false;
    timer = setTimeout(() => {
      connecting = connect();
    }, reconnectMilliseconds);
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString, application_name: 'drydock-listen', ...listenLimits });
    let isOver = false;
    const end = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(asking);
      onError(error);
      fresh.removeAllListeners('notification');
      fresh.end().catch(() => undefined);
      reconnect();
    };
    fresh.on('error', end);
    fresh.on('notification', onMove);
    try {
      await fresh.connect();
      fresh.on('end', () => end(new Error('the listening connection ended')));
      await fresh.query(`listen ${channel}`);
      if (isClosed) {
        isOver = true;
        await fresh.end();
        return;
      }
      client = fresh;
      asking = setInterval(() => void fresh.query('select 1').catch(end), askMilliseconds);
      state.isListening = true;
      onMove();
    } catch (error) {
      end(error);
    }
  };
  let connecting = connect();
  return {
    get isListening() {
      return state.isListening;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await connecting;
      clearInterval(asking);
      client?.removeAllListeners('end');
      await client?.end();
    },
  };
}
