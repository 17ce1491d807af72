import type { Endpoint } from './proxy-manner.js';
import { TcpProxy } from './tcp-proxy.js';

/** A server that was started; another start may give it another port. */
export interface StartedServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A server behind one address that stays, also when it is stopped and started again. */
export class RestartableServer {
  readonly #start: () => Promise<StartedServer>;
  readonly #proxy: TcpProxy;
  #server: StartedServer;

  private constructor(start: () => Promise<StartedServer>, server: StartedServer, proxy: TcpProxy) {
    this.#start = start;
    this.#server = server;
    this.#proxy = proxy;
  }

  static async start(start: () => Promise<StartedServer>): Promise<RestartableServer> {
    const server = await start();
    const proxy = await TcpProxy.start({ target: endpointOf(server.url) });
    return new RestartableServer(start, server, proxy);
  }

  /** Stays the same. */
  get url(): string {
    return this.#proxy.through(this.#server.url);
  }

  /** Of the server that runs now, without the proxy. */
  get directUrl(): string {
    return this.#server.url;
  }

  /** Meanwhile nobody listens there. */
  async restart(): Promise<void> {
    await this.#server.close();
    await this.#proxy.refuse();
    this.#server = await this.#start();
    this.#proxy.retarget(endpointOf(this.#server.url));
    await this.#proxy.pass();
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.#proxy.close();
  }
}

/** Host and port of a URL that names both. */
export function endpointOf(url: string): Endpoint {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
