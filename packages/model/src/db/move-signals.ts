import pg from 'pg';

const channel = 'drydock_moves';

/** At most one notify per this time and process: a notify serializes commits. */
const quietMilliseconds = 5;

/**
 * Tells schedulers that steps moved. Outside of every transaction and never awaited: schedulers also look every second.
 */
export class MoveNotifier {
  private timer: NodeJS.Timeout | undefined;
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
    this.isOwed = false;
    this.pool.query(`select pg_notify('${channel}', '')`).catch(this.onError);
    this.timer = setTimeout(() => {
      this.isQuiet = false;
      if (this.isOwed) this.notify();
    }, quietMilliseconds);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

export interface MoveListener {
  /** False while the connection is down: poll every 250 ms instead. */
  readonly isListening: boolean;
  close(): Promise<void>;
}

/**
 * Listens on a direct connection (a transaction pooler cannot), and connects anew for ever when it breaks.
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
  const state = { isListening: false };

  const reconnect = (): void => {
    if (isClosed) return;
    state.isListening = false;
    timer = setTimeout(() => {
      connecting = connect();
    }, reconnectMilliseconds);
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString, application_name: 'drydock-listen', keepAlive: true });
    let isOver = false;
    const end = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
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
      client?.removeAllListeners('end');
      await client?.end();
    },
  };
}
