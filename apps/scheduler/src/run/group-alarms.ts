import { Timers } from './timers.js';

/**
 * When a group that time alone keeps shut is looked at again: one alarm per group, however many steps are parked there.
 */
export class GroupAlarms {
  private readonly timers = new Timers<string>();
  private readonly setFor = new Map<string, number>();

  get nextAt(): number | null {
    return this.timers.nextAt;
  }

  /** An earlier alarm of the group stays: whoever hears it sets the next one. */
  set(group: string, at: number): void {
    const known = this.setFor.get(group);
    if (known !== undefined && known <= at) return;
    this.setFor.set(group, at);
    this.timers.add(at, group);
  }

  /** Takes the groups whose time has come. */
  takeDue(now: number): readonly string[] {
    const due = new Set(this.timers.takeDue(now).filter((group) => (this.setFor.get(group) ?? Infinity) <= now));
    for (const group of due) this.setFor.delete(group);
    return [...due];
  }
}
