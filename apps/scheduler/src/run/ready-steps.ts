export interface ParkedStep {
  readonly key: number;
  /** Milliseconds. */
  readonly readySince: number;
  /** It has lasting places already: it comes before all others. */
  readonly isHolding: boolean;
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
    while (index > 0 && comesBefore(step, lot[index - 1])) index -= 1;
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

function comesBefore(step: ParkedStep, other: ParkedStep | undefined): boolean {
  if (!other) return false;
  return step.isHolding === other.isHolding ? step.readySince < other.readySince : step.isHolding;
}
