/** A scheduled piece of virtual work. */
export interface Timer {
  cancel(): void;
}

interface Entry {
  readonly atSeconds: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Keeps I/O served while a large fleet runs "at once". */
const entriesPerTurn = 200;

/**
 * Virtual time. `scale` is virtual seconds per real second; at 0 the clock jumps from one piece of work to the next as
 * soon as the event loop is free. Deadlines (expiry timers) never pull the clock forward at scale 0: with nothing else
 * to do a hanging machine hangs.
 */
export class VirtualClock {
  #baseSeconds = 0;
  #baseRealMs = performance.now();
  #scale: number;
  #order = 0;
  #closed = false;
  #wakeUp: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  readonly #work: Entry[] = [];
  readonly #deadlines: Entry[] = [];

  constructor(scale: number) {
    this.#scale = scale;
  }

  get scale(): number {
    return this.#scale;
  }

  get isInstant(): boolean {
    return this.#scale === 0;
  }

  nowSeconds(): number {
    return this.#baseSeconds + ((performance.now() - this.#baseRealMs) / 1000) * this.#scale;
  }

  setScale(scale: number): void {
    this.#rebase(this.nowSeconds());
    this.#scale = scale;
    this.#arm();
  }

  /** Work that drives the clock at scale 0. */
  schedule(delaySeconds: number, run: () => void): Timer {
    return this.#add(this.#work, delaySeconds, run);
  }

  /** A deadline: fires when virtual time passes it, never makes time pass. */
  scheduleDeadline(delaySeconds: number, run: () => void): Timer {
    return this.#add(this.#deadlines, delaySeconds, run);
  }

  /** Moves virtual time forward and runs all that falls due, in order. */
  advance(seconds: number): void {
    const until = this.nowSeconds() + seconds;
    for (;;) {
      const next = this.#takeDue(until);
      if (next === undefined) break;
      this.#rebase(Math.max(next.atSeconds, this.nowSeconds()));
      next.run();
    }
    this.#rebase(until);
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#wakeUp);
    clearImmediate(this.#turn);
    this.#work.length = 0;
    this.#deadlines.length = 0;
  }

  #add(queue: Entry[], delaySeconds: number, run: () => void): Timer {
    const entry: Entry = { atSeconds: this.nowSeconds() + delaySeconds, order: this.#order++, run, cancelled: false };
    if (!this.#closed) {
      push(queue, entry);
      this.#arm();
    }
    return { cancel: () => void (entry.cancelled = true) };
  }

  #rebase(nowSeconds: number): void {
    this.#baseSeconds = nowSeconds;
    this.#baseRealMs = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#wakeUp);
    if (this.#closed) return;
    if (this.isInstant) {
      if (this.#work.length > 0) this.#turn ??= setImmediate(() => this.#runInstantTurn());
      return;
    }
    const next = earliest(peek(this.#work), peek(this.#deadlines));
    if (next === undefined) return;
    const delayMs = Math.max(0, ((next.atSeconds - this.nowSeconds()) * 1000) / this.#scale);
    this.#wakeUp = setTimeout(() => this.advance(0), Math.min(delayMs + 1, 2 ** 31 - 1));
  }

  #runInstantTurn(): void {
    this.#turn = undefined;
    for (let count = 0; count < entriesPerTurn; count++) {
      const next = peek(this.#work) === undefined ? undefined : pop(this.#work);
      if (next === undefined) break;
      this.#rebase(Math.max(next.atSeconds, this.#baseSeconds));
      next.run();
    }
    this.#arm();
  }

  #takeDue(untilSeconds: number): Entry | undefined {
    const next = earliest(peek(this.#work), peek(this.#deadlines));
    if (next === undefined || next.atSeconds > untilSeconds) return undefined;
    return pop(peek(this.#work) === next ? this.#work : this.#deadlines);
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.atSeconds === right.atSeconds ? left.order < right.order : left.atSeconds < right.atSeconds;
}

function earliest(left: Entry | undefined, right: Entry | undefined): Entry | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return isBefore(left, right) ? left : right;
}

/** The first entry that still counts; cancelled ones are dropped on the way. */
function peek(heap: Entry[]): Entry | undefined {
  while (heap[0]?.cancelled) pop(heap);
  return heap[0];
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !isBefore(entry, above)) break;
    heap[index] = above;
    heap[parent] = entry;
    index = parent;
  }
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const child = earliest(left, right);
    if (child === undefined || !isBefore(child, last)) break;
    heap[index] = child;
    index = child === left ? 2 * index + 1 : 2 * index + 2;
  }
  heap[index] = last;
  return first;
}
