import { comesBefore, type Standing } from '@drydock/model';

export interface ParkedStep extends Standing {
  readonly key: number;
}

/**
 * Steps whose needs are met. Those that a group had no room for are parked under that group, in the order of admission,
 * so that a full group costs nothing until somebody gives back there.
 */
export class ReadySteps {
  private readonly fresh = new Set<number>();
  private readonly lots = new Map<string, ParkedStep[]>();
  private readonly groupOf = new Map<number, string>();

  add(key: number): void {
    this.leaveLot(key);
    this.fresh.add(key);
  }

  park(step: ParkedStep, group: string): void {
    this.remove(step.key);
    const lot = this.lots.get(group) ?? [];
    let index = lot.length;
    while (index > 0 && isBefore(step, lot[index - 1])) index -= 1;
    lot.splice(index, 0, step);
    this.lots.set(group, lot);
    this.groupOf.set(step.key, group);
  }

  /** Brings back the first of a group. */
  unpark(group: string, count: number): void {
    const lot = this.lots.get(group);
    if (!lot) return;
    for (const { key } of lot.splice(0, count)) {
      this.groupOf.delete(key);
      this.fresh.add(key);
    }
    if (lot.length === 0) this.lots.delete(group);
  }

  /** A few of every group: others may have given back without telling us. */
  unparkSome(count: number): void {
    for (const group of this.parkedGroups()) this.unpark(group, count);
  }

  parkedGroups(): readonly string[] {
    return [...this.lots.keys()];
  }

  /** How many are parked under each group. */
  parkedCounts(): ReadonlyMap<string, number> {
    return new Map([...this.lots].map(([group, lot]) => [group, lot.length]));
  }

  /** Those that are considered next. */
  get unparkedCount(): number {
    return this.fresh.size;
  }

  remove(key: number): void {
    this.leaveLot(key);
    this.fresh.delete(key);
  }

  /** Steps to consider now, at most so many. */
  take(count: number): readonly number[] {
    const taken: number[] = [];
    for (const key of this.fresh) {
      if (taken.length >= count) break;
      taken.push(key);
    }
    return taken;
  }

  private leaveLot(key: number): void {
    const group = this.groupOf.get(key);
    if (group === undefined) return;
    this.groupOf.delete(key);
    const lot = this.lots.get(group)?.filter((parked) => parked.key !== key) ?? [];
    if (lot.length === 0) this.lots.delete(group);
    else this.lots.set(group, lot);
  }
}

function isBefore(step: ParkedStep, other: ParkedStep | undefined): boolean {
  if (other === undefined) return false;
  // Of those that became ready together the first of the plan stays the first, however often it is refused.
  return comesBefore(step, other) || (!comesBefore(other, step) && step.key < other.key);
}
