import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Backend {
  readonly port: number;
  readonly healthUrl: string;
}

const probeMilliseconds = 50;

/**
 * Spreads connections over backends by turns, as a load balancer does that knows nothing of HTTP: who is not ready gets no
 * new connection, and who refuses one is passed over. Connections that are there it leaves alone.
 */
export class Balancer {
  private readonly ready = new Set<Backend>();
  private readonly sockets = new Set<Socket>();
  private next = 0;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  private constructor(
    private readonly server: Server,
    private readonly backends: readonly Backend[],
  ) {}

  static async start(backends: readonly Backend[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(server, backends);
    server.on('connection', (client) => balancer.serve(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await balancer.probe();
    return balancer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  isReady(backend: Backend): boolean {
    return this.ready.has(backend);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const socket of this.sockets) socket.destroy();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private async probe(): Promise<void> {
    await Promise.all(
      this.backends.map(async (backend) => {
        if (await isReady(backend)) this.ready.add(backend);
        else this.ready.delete(backend);
      }),
    );
    if (!this.isClosed) this.timer = setTimeout(() => void this.probe(), probeMilliseconds);
  }

  private serve(client: Socket): void {
    this.watch(client);
    const candidates = this.backends.filter((backend) => this.ready.has(backend));
    this.next += 1;
    this.pass(client, [
      ...candidates.slice(this.next % candidates.length),
      ...candidates.slice(0, this.next % candidates.length),
    ]);
  }

  /** Nothing has been sent yet while a backend refuses. */
  private pass(client: Socket, [first, ...others]: readonly Backend[]): void {
    if (!first) {
      client.destroy();
      return;
    }
    const backend = connect({ port: first.port, host: '127.0.0.1' });
    this.watch(backend);
    const refused = (): void => this.pass(client, others);
    backend.once('error', refused);
    backend.once('connect', () => {
      backend.removeListener('error', refused);
      client.pipe(backend);
      backend.pipe(client);
      client.once('close', () => backend.destroy());
      backend.once('close', () => client.destroy());
    });
  }

  private watch(socket: Socket): void {
    this.sockets.add(socket);
    // The one who sent the request is told by its own end.
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }
}

async function isReady({ healthUrl }: Backend): Promise<boolean> {
  try {
    const response = await fetch(`${healthUrl}/readyz`, { signal: AbortSignal.timeout(1000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Nobody listens, or the process is frozen: either way not ready.
    return false;
  }
}
