import { Timers } from '../../src/run/timers.js';

export type Event = () => void | Promise<void>;

/** A clock that goes on only when everything that is due has happened: one event after the other, no waiting. */
export class VirtualClock {
  /** Milliseconds since 1970; the database's clock too. */
  now = 1_000_000_000_000;
  private readonly events = new Timers<Event>();

  after(milliseconds: number, event: Event): void {
    this.events.add(this.now + milliseconds, event);
  }

  /** Lets time go on until the condition holds. @throws Error when nothing is left to happen, or at the limit */
  async runUntil(isOver: () => boolean, limitMilliseconds: number): Promise<void> {
    const limit = this.now + limitMilliseconds;
    while (!isOver()) {
      const at = this.events.nextAt;
      if (at === null) throw new Error('nothing is left that could happen, and it is not over');
      if (at > limit) throw new Error(`not over after ${limitMilliseconds / 1000} s`);
      this.now = Math.max(this.now, at);
      for (const event of this.events.takeDue(this.now)) await event();
    }
  }
}
