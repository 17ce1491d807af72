/** A signal that aborts with another one or after its time, and that costs nothing once it is ended. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether the time passed; false when the other signal was first. */
  readonly isOver: boolean;
  /** To be called in any case: a timer of minutes per request adds up. */
  end(): void;
}

export function startTimeLimit(seconds: number, outer?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = !controller.signal.aborted;
    controller.abort();
  }, seconds * 1000);
  const stop = (): void => controller.abort(outer?.reason);
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted === true) stop();
  return {
    signal: controller.signal,
    get isOver() {
      return isOver;
    },
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
