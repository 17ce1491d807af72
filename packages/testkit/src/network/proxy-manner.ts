/** Where a proxy forwards to, or listens; 127.0.0.0/8 only. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a proxy does to the bytes of its connections, now and from now on. */
export interface ProxyManner {
  readonly holdsToServer: boolean;
  readonly holdsToClient: boolean;
  /** Of each piece of data, in both directions. */
  readonly delayMilliseconds: number;
}
