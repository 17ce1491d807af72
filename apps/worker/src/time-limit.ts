/** Aborts its signal after a time. Its timer holds it, whoever else has forgotten it; clear it when the call is over. */
export class TimeLimit {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.timer = setTimeout(() => {
      this.controller.abort(new Error(`the call took longer than its ${(milliseconds / 1000).toFixed(1)} s`));
    }, milliseconds);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
