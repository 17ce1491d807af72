import { randomBytes } from 'node:crypto';

interface Session {
  readonly id: string;
  readonly token: string;
}

/** The session table of one BMC: small, as on real ones, so that a client that never logs out is caught. */
export class RedfishSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #limit: number;
  #lastId = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined when the table is full. */
  open(): Session | undefined {
    if (this.#sessions.size >= this.#limit) return undefined;
    const session = { id: String(++this.#lastId), token: randomBytes(16).toString('hex') };
    this.#sessions.set(session.id, session);
    return session;
  }

  close(id: string): boolean {
    return this.#sessions.delete(id);
  }

  has(id: string): boolean {
    return this.#sessions.has(id);
  }

  holdsToken(token: string): boolean {
    return [...this.#sessions.values()].some((session) => session.token === token);
  }

  ids(): string[] {
    return [...this.#sessions.keys()];
  }
}
