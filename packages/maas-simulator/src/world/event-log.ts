export const eventLevels = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50, AUDIT: 0 } as const;

export type EventLevel = keyof typeof eventLevels;

export interface MaasEvent {
  readonly id: number;
  readonly systemId: string;
  readonly hostname: string;
  readonly username: string;
  readonly level: EventLevel;
  readonly createdMs: number;
  readonly type: string;
  readonly description: string;
}

/** Keeps the newest events; old ones go when there are too many. */
export class EventLog {
  #events: MaasEvent[] = [];
  #nextId = 1;
  readonly #limit: number;

  constructor(limit = 100_000) {
    this.#limit = limit;
  }

  add(event: Omit<MaasEvent, 'id'>): void {
    this.#events.push({ id: this.#nextId++, ...event });
    // Cut in large pieces, so that adding stays cheap.
    if (this.#events.length > this.#limit * 1.2) this.#events = this.#events.slice(-this.#limit);
  }

  all(): readonly MaasEvent[] {
    return this.#events;
  }
}
