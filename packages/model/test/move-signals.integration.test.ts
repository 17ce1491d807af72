import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
// By path: a dependency of the model on its testkit would be a circle that `turbo run build` refuses.
import { endpointOf } from '../../testkit/src/network/restartable-server.js';
import { TcpProxy } from '../../testkit/src/network/tcp-proxy.js';
import { listenForMoves, type MoveListener, MoveNotifier } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  world = await openEngineWorld();
});
afterEach(async () => {
  for (const closable of open.splice(0).reverse()) await closable.close();
});
afterAll(() => world.close());

const listening = `from pg_stat_activity where datname = current_database() and application_name = 'drydock-listen'`;
const fail = (error: unknown): void => {
  throw error;
};

/** Counts calls, and lets a test wait for the next ones. */
class Calls {
  count = 0;
  private waiting: { readonly from: number; readonly resolve: () => void }[] = [];

  readonly call = (): void => {
    this.count += 1;
    const reached = this.waiting.filter((one) => this.count >= one.from);
    this.waiting = this.waiting.filter((one) => this.count < one.from);
    for (const one of reached) one.resolve();
  };

  reached(count: number): Promise<void> {
    if (this.count >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ from: count, resolve }));
  }
}

interface Listening {
  readonly listener: MoveListener;
  readonly moves: Calls;
  readonly errors: Calls;
}

/** Listening already: a listener looks once as soon as it does. */
async function listen(url = world.url): Promise<Listening> {
  const moves = new Calls();
  const errors = new Calls();
  const listener = listenForMoves(url, moves.call, errors.call);
  open.push(listener);
  await moves.reached(1);
  return { listener, moves, errors };
}

function notifier(pool: Pick<EngineWorld['pool'], 'query'> = world.pool, onError = fail): MoveNotifier {
  const made = new MoveNotifier(pool, onError);
  open.push(made);
  return made;
}

async function countListeners(): Promise<unknown> {
  return (await world.query(`select count(*)::int as count ${listening}`))[0]?.['count'];
}

test('who listens hears of moves in any process', async () => {
  const [one, two] = [await listen(), await listen()];
  notifier().notify();
  await Promise.all([one.moves.reached(2), two.moves.reached(2)]);
  expect([one.listener.isListening, one.errors.count, two.errors.count]).toEqual([true, 0, 0]);
});

test('many moves of one moment are told once, those after it once more, and none is forgotten', async () => {
  const told = new Calls();
  const made = notifier({
    query: () => {
      told.call();
      return Promise.resolve({ rows: [] });
    },
  } as unknown as EngineWorld['pool']);
  for (let move = 0; move < 1000; move += 1) made.notify();
  await told.reached(1);
  made.notify();
  made.notify();
  expect(told.count).toBe(1);
  await told.reached(2);
  expect(told.count).toBe(2);
});

test('a notifier that was closed owes nothing', async () => {
  const { moves } = await listen();
  const made = notifier();
  made.notify();
  made.notify();
  made.close();
  await moves.reached(2);
  await world.query(`select pg_notify('drydock_moves', '')`);
  await moves.reached(3);
  expect(moves.count).toBe(3);
});

test('a notify that fails is told and throws nothing', async () => {
  const errors = new Calls();
  const pool = { query: () => Promise.reject(new Error('gone')) } as unknown as EngineWorld['pool'];
  expect(() => notifier(pool, errors.call).notify()).not.toThrow();
  await errors.reached(1);
});

test('a listener whose connection broke says so, connects anew, looks at once and hears again', async () => {
  const { listener, moves, errors } = await listen();
  await world.query(`select pg_terminate_backend(pid) ${listening}`);
  await errors.reached(1);
  expect(listener.isListening).toBe(false);
  await moves.reached(2);
  expect(listener.isListening).toBe(true);
  expect(await countListeners()).toBe(1);
  notifier().notify();
  await moves.reached(3);
  expect(errors.count).toBe(1);
});

test('a listener whose connection has gone silent notices, connects anew, looks at once and hears again', async () => {
  const way = await TcpProxy.start({ target: endpointOf(world.url) });
  open.push(way);
  const { listener, moves, errors } = await listen(way.through(world.url));
  way.abandon();
  await errors.reached(1);
  await moves.reached(2);
  expect(listener.isListening).toBe(true);
  notifier().notify();
  await moves.reached(3);
});

test('a closed listener leaves no connection, and may be closed again', async () => {
  const { listener, moves } = await listen();
  await listener.close();
  await listener.close();
  await world.query(`select pg_notify('drydock_moves', '')`);
  expect(moves.count).toBe(1);
});

/** Stands before Postgres: refuses the first connection and keeps the second waiting. */
class Gatekeeper {
  private readonly sockets: Socket[] = [];
  private readonly server: Server;
  readonly arrivals = new Calls();

  constructor(private readonly target: URL) {
    this.server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined);
      if (this.sockets.length === 1) socket.destroy();
      this.arrivals.call();
    });
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = new URL(this.target);
    const address = this.server.address();
    url.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    return url.href;
  }

  letIn(): void {
    const socket = this.sockets[1];
    if (!socket) throw new Error('nobody waits');
    const onward = connect(Number(this.target.port || 5432), this.target.hostname);
    onward.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

test('a listener that is closed while it connects anew does not come back', async () => {
  const gate = new Gatekeeper(new URL(world.url));
  open.push(gate);
  const moves = new Calls();
  const listener = listenForMoves(await gate.url(), moves.call, () => undefined);
  await gate.arrivals.reached(2);
  const closed = listener.close();
  gate.letIn();
  await closed;
  const { moves: witness } = await listen();
  notifier().notify();
  await witness.reached(2);
  expect([moves.count, await countListeners()]).toEqual([0, 1]);
});
