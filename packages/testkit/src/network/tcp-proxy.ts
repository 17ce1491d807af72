import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ProxiedConnection } from './proxied-connection.js';
import type { Endpoint, ProxyManner } from './proxy-manner.js';
import { requireLoopback } from './require-loopback.js';

export interface TcpProxyOptions {
  readonly target: Endpoint;
  /** Default: any free port of 127.0.0.1. */
  readonly listen?: Endpoint;
}

/** `toServer`: what the client says is not heard. `toClient`: it is heard, and the answer is not. */
export type FrozenDirection = 'both' | 'toServer' | 'toClient';

/** Since the start of the proxy. */
export interface ProxyCounts {
  readonly opened: number;
  /** Now. */
  readonly open: number;
  /** Accepted, and the target was not there. */
  readonly failed: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
}

const passing: ProxyManner = { holdsToServer: false, holdsToClient: false, delayMilliseconds: 0 };

/** A TCP connection between two processes, which a test can break in every way. Any number of connections at once. */
export class TcpProxy {
  readonly #server: Server;
  readonly #connections = new Set<ProxiedConnection>();
  #target: Endpoint;
  #listens: Endpoint;
  #manner = passing;
  #opened = 0;
  #failed = 0;
  #closedBytes = { toServer: 0, toClient: 0 };

  private constructor(server: Server, { target, listen }: Required<TcpProxyOptions>) {
    this.#server = server;
    this.#target = target;
    this.#listens = listen;
    server.on('connection', (client: Socket) => this.#accept(client));
  }

  /** @throws when an address is not loopback, or the port to listen on is taken */
  static async start({ target, listen = { host: '127.0.0.1', port: 0 } }: TcpProxyOptions): Promise<TcpProxy> {
    requireLoopback(target.host);
    requireLoopback(listen.host);
    const proxy = new TcpProxy(createServer({ allowHalfOpen: true, noDelay: true }), { target, listen });
    await proxy.#listen();
    return proxy;
  }

  get host(): string {
    return this.#listens.host;
  }

  get port(): number {
    return this.#listens.port;
  }

  get counts(): ProxyCounts {
    const open = [...this.#connections];
    const sum = (direction: 'toServer' | 'toClient'): number =>
      open.reduce((bytes, connection) => bytes + connection.bytes[direction], this.#closedBytes[direction]);
    return {
      opened: this.#opened,
      open: open.length,
      failed: this.#failed,
      bytesToServer: sum('toServer'),
      bytesToClient: sum('toClient'),
    };
  }

  /** The URL of the target, by way of the proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = this.host;
    changed.port = String(this.port);
    return changed.href;
  }

  /** New connections go elsewhere: a server that was started again has another port. */
  retarget(target: Endpoint): void {
    requireLoopback(target.host);
    this.#target = target;
  }

  /** Nothing is forwarded and nothing is closed, on connections that are open and on new ones. */
  freeze(direction: FrozenDirection = 'both'): void {
    const holdsToServer = direction !== 'toClient';
    const holdsToClient = direction !== 'toServer';
    this.#behave({ ...this.#manner, holdsToServer, holdsToClient });
  }

  /** Connections that are open stay silent for ever; new ones work: a router that has forgotten them. */
  abandon(): void {
    for (const connection of this.#connections) connection.abandon();
  }

  /** Every piece of data comes so much later, in order. */
  delay(milliseconds: number): void {
    this.#behave({ ...this.#manner, delayMilliseconds: milliseconds });
  }

  /** Resets every open connection; new ones are taken. */
  cut(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  /** As `cut`, and until `pass` nobody listens. */
  async refuse(): Promise<void> {
    this.cut();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Everything flows again; what was held back comes first. */
  async pass(): Promise<void> {
    this.#behave(passing);
    if (!this.#server.listening) await this.#listen();
  }

  /** Ends every connection; may be repeated. */
  async close(): Promise<void> {
    await this.refuse();
  }

  #behave(manner: ProxyManner): void {
    this.#manner = manner;
    for (const connection of this.#connections) connection.behave(manner);
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#listens.port, this.#listens.host);
    await once(this.#server, 'listening');
    this.#listens = { host: this.#listens.host, port: (this.#server.address() as AddressInfo).port };
  }

  #accept(client: Socket): void {
    this.#opened += 1;
    const connection = new ProxiedConnection(client, this.#target, this.#manner);
    this.#connections.add(connection);
    connection.whenOver((isConnected) => {
      this.#connections.delete(connection);
      this.#closedBytes.toServer += connection.bytes.toServer;
      this.#closedBytes.toClient += connection.bytes.toClient;
      if (!isConnected) this.#failed += 1;
    });
  }
}
