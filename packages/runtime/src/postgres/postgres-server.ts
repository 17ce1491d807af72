/** A running server of ours, or one that we may use. */
export interface PostgresServer {
  readonly port: number;
  readonly password: string;
  /** How we came to it: a new one, one whose owner had died, or one that belongs to another living process. */
  readonly origin: 'started' | 'adopted' | 'shared';
  /** Stops the server if it is ours, after letting running statements end at once; a shared one is left running. */
  stop(): Promise<void>;
}
