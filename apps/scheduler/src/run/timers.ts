/** A binary heap of keys by time. A key may stand in it more than once: whoever takes one checks what it means now. */
export class Timers<Key> {
  private readonly heap: { readonly at: number; readonly key: Key }[] = [];

  get nextAt(): number | null {
    return this.heap[0]?.at ?? null;
  }

  add(at: number, key: Key): void {
    this.heap.push({ at, key });
    this.rise(this.heap.length - 1);
  }

  /** Takes all keys whose time has come. */
  takeDue(now: number): Key[] {
    const due: Key[] = [];
    for (let first = this.heap[0]; first && first.at <= now; first = this.heap[0]) {
      due.push(first.key);
      const last = this.heap.pop();
      if (last && this.heap.length > 0) {
        this.heap[0] = last;
        this.sink(0);
      }
    }
    return due;
  }

  private rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index > 0 && this.at(index) < this.at(parent)) {
      this.swap(index, parent);
      this.rise(parent);
    }
  }

  private sink(index: number): void {
    const left = 2 * index + 1;
    const least = [left, left + 1].reduce((best, child) => (this.at(child) < this.at(best) ? child : best), index);
    if (least !== index) {
      this.swap(index, least);
      this.sink(least);
    }
  }

  private at(index: number): number {
    return this.heap[index]?.at ?? Infinity;
  }

  private swap(left: number, right: number): void {
    const a = this.heap[left];
    const b = this.heap[right];
    if (!a || !b) return;
    this.heap[left] = b;
    this.heap[right] = a;
  }
}
