import type { StepContext } from '@drydock/model';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A context for a driver that changes nothing: who announces an effect has a defect. */
export function stepContextStub(given: Partial<StepContext> = {}): StepContext {
  return {
    signal: new AbortController().signal,
    attempt: 0,
    log: silent,
    progress: null,
    stopping: false,
    isLastCall: false,
    openIntent: null,
    settleSeconds: 15,
    intend: () => Promise.reject(new Error('this test expects no effect')),
    settle: () => Promise.reject(new Error('this test expects no effect')),
    ...given,
  };
}
