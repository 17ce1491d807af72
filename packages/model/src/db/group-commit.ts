import { isDatabaseUnavailable } from './stores/api/is-database-unavailable.js';

/** One kind of write, as a statement for many items and as a statement for one. */
export interface GroupedWrite<Item, Answer> {
  /** Items with the same key never share a statement. */
  readonly keyOf: (item: Item) => string;
  /** What the item adds to the statement's parameters. */
  readonly bytesOf: (item: Item) => number;
  /**
   * One durable statement for all of them; it never waits for a row that somebody else has locked.
   * @returns an answer for each, in their order; null: nothing was written, ask alone why
   */
  readonly together: (items: readonly Item[]) => Promise<readonly (Answer | null)[]>;
  /** The same for one; it waits for its row, and its error is its own. */
  readonly alone: (item: Item) => Promise<Answer>;
}

const itemsPerStatement = 100;
const bytesPerStatement = 1_048_576;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits the writes of many callers with one statement. At most one is under way; while it is, the next ones gather. A
 * write that comes when none is under way goes at once, so that one caller alone waits no longer than before.
 *
 * A write that cannot be done with the others is done alone, beside them: it neither fails them nor holds them up.
 */
export class GroupCommit<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private isUnderWay = false;

  constructor(private readonly write: GroupedWrite<Item, Answer>) {}

  /** @throws what the write of this item throws, or why the database was not there */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isUnderWay) return;
      this.isUnderWay = true;
      // Whoever comes in the same turn of the event loop comes along.
      setImmediate(() => void this.writeAll());
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) await this.writeTogether(this.takeGroup());
    this.isUnderWay = false;
  }

  /** The first ones, in order; who does not fit waits for the next statement. */
  private takeGroup(): readonly Waiting<Item, Answer>[] {
    const group: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    const keys = new Set<string>();
    let bytes = 0;
    for (const one of this.waiting) {
      const key = this.write.keyOf(one.item);
      const size = this.write.bytesOf(one.item);
      const isFirst = !keys.has(key);
      const hasRoom = group.length < itemsPerStatement && bytes + size <= bytesPerStatement;
      keys.add(key);
      if (!isFirst || (group.length > 0 && !hasRoom)) {
        left.push(one);
        continue;
      }
      bytes += size;
      group.push(one);
    }
    this.waiting = left;
    return group;
  }

  private async writeTogether(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.write.together(group.map(({ item }) => item));
      for (const [index, one] of group.entries()) {
        const answer = answers[index];
        one.resolve(answer === null || answer === undefined ? this.write.alone(one.item) : answer);
      }
    } catch (error) {
      const isGone = isDatabaseUnavailable(error);
      for (const one of group) {
        if (isGone) one.reject(error);
        else one.resolve(this.write.alone(one.item));
      }
    }
  }
}
