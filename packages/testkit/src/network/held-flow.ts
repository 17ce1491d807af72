import type { Socket } from 'node:net';

/** The bytes of one direction, in their order; they can be held back or come late. */
export class HeldFlow {
  readonly #source: Socket;
  readonly #target: Socket;
  #isHeld = false;
  #delayMilliseconds = 0;
  /** What comes later waits behind what came earlier. */
  #waiting: { readonly run: () => void; readonly readyAt: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #bytes = 0;

  constructor(source: Socket, target: Socket) {
    this.#source = source;
    this.#target = target;
    source.on('data', (chunk: Buffer) => this.#enqueue(() => this.#write(chunk)));
    source.on('end', () => this.#enqueue(() => target.end()));
    target.on('drain', () => this.#steer());
    // Nobody reads it any more; its own end must still be noticed.
    target.on('close', () => this.#steer());
  }

  /** Forwarded so far. */
  get bytes(): number {
    return this.#bytes;
  }

  behave(isHeld: boolean, delayMilliseconds: number): void {
    this.#isHeld = isHeld;
    this.#delayMilliseconds = delayMilliseconds;
    this.#steer();
    this.#flow();
  }

  /** Runs it after all that came before, which may be never. */
  whenFlowing(run: () => void): void {
    this.#enqueue(run);
  }

  #write(chunk: Buffer): void {
    if (this.#target.destroyed) return;
    this.#bytes += chunk.length;
    this.#target.write(chunk);
    this.#steer();
  }

  /** A source that is not read fills up, as with a peer that does not read. */
  #steer(): void {
    if (this.#source.destroyed) return;
    const isFull = !this.#target.destroyed && this.#target.writableNeedDrain;
    if (this.#isHeld || isFull) this.#source.pause();
    else this.#source.resume();
  }

  #enqueue(run: () => void): void {
    this.#waiting.push({ run, readyAt: performance.now() + this.#delayMilliseconds });
    this.#flow();
  }

  #flow(): void {
    clearTimeout(this.#timer);
    while (!this.#isHeld) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      // Without a delay also what was delayed goes at once.
      const wait = this.#delayMilliseconds === 0 ? 0 : next.readyAt - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#flow(), wait);
        return;
      }
      this.#waiting.shift();
      next.run();
    }
  }
}
