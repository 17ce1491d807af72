import { connect, type Socket } from 'node:net';
import { HeldFlow } from './held-flow.js';
import type { Endpoint, ProxyManner } from './proxy-manner.js';

/** One connection through a proxy: two sockets and a flow in each direction. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #toServer: HeldFlow;
  readonly #toClient: HeldFlow;
  #isAbandoned = false;
  #isConnected = false;
  #isOver = false;
  #tell: (isConnected: boolean) => void = () => undefined;

  constructor(client: Socket, target: Endpoint, manner: ProxyManner) {
    this.#client = client;
    this.#server = connect({ ...target, allowHalfOpen: true, noDelay: true });
    this.#server.once('connect', () => (this.#isConnected = true));
    this.#toServer = new HeldFlow(client, this.#server);
    this.#toClient = new HeldFlow(this.#server, client);
    for (const socket of [client, this.#server]) {
      // A reset comes as an error; the close after it says the same.
      socket.on('error', () => undefined);
      socket.on('close', (hadError) => this.#closed(socket, hadError));
    }
    this.behave(manner);
  }

  get bytes(): { readonly toServer: number; readonly toClient: number } {
    return { toServer: this.#toServer.bytes, toClient: this.#toClient.bytes };
  }

  /** @param tell hears once, when both sockets are closed, whether the target had ever answered */
  whenOver(tell: (isConnected: boolean) => void): void {
    this.#tell = tell;
  }

  behave({ holdsToServer, holdsToClient, delayMilliseconds }: ProxyManner): void {
    if (this.#isAbandoned) return;
    this.#toServer.behave(holdsToServer, delayMilliseconds);
    this.#toClient.behave(holdsToClient, delayMilliseconds);
  }

  abandon(): void {
    this.behave({ holdsToServer: true, holdsToClient: true, delayMilliseconds: 0 });
    this.#isAbandoned = true;
  }

  destroy(): void {
    for (const socket of [this.#client, this.#server]) reset(socket);
  }

  /** A side that is gone takes the other with it, unless the news of it is held back as well. */
  #closed(socket: Socket, hadError: boolean): void {
    const news = socket === this.#client ? this.#toServer : this.#toClient;
    const other = socket === this.#client ? this.#server : this.#client;
    news.whenFlowing(() => {
      if (hadError) reset(other);
      else other.end();
    });
    if (this.#isOver || !this.#client.closed || !this.#server.closed) return;
    this.#isOver = true;
    this.#tell(this.#isConnected);
  }
}

/** Node resets only what has nothing left to write, and never closes a socket that it could not reset. */
function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.writableEnded || socket.writableLength > 0) socket.destroy();
  else socket.resetAndDestroy();
}
