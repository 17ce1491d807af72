import {
  DrydockError,
  verbs,
  type BulkObserver,
  type DriverMethod,
  type Effect,
  type Progress,
  type StatusNote,
  type StepContext,
  type StepOutcome,
  type Verb,
} from '@drydock/model';

/** Where the process dies: before the n-th announcement, or after the n-th request was sent and before it was recorded. */
export interface Death {
  readonly at: 'intend' | 'settle';
  readonly count: number;
}

export interface RunOptions {
  readonly attempt?: number;
  readonly death?: Death;
  /** The call at which the deadline has passed, counted from 1. */
  readonly lastCall?: number;
  readonly stopping?: boolean;
  readonly settleSeconds?: number;
  readonly sendBefore?: number;
}

export interface RunReport {
  readonly outcome: StepOutcome;
  readonly notes: readonly StatusNote[];
  readonly calls: number;
  readonly intents: readonly Effect[];
  readonly waits: readonly StepOutcome[];
  readonly crashes: number;
}

const maximumCalls = 60;
const maximumPolls = 200;

interface Store {
  progress: Progress | null;
  open: { effect: Effect; ageSeconds: number } | null;
  /** Settled, and not yet carried by another write: a crash forgets it. */
  isSettled: boolean;
  intents: Effect[];
  settles: number;
  death: Death | null;
}

export class ProcessDied extends Error {}

/** Executes one step to its end, as the engine does: calls, waits, intents, crashes. All in memory. */
export async function runStep<Input>(
  method: DriverMethod<Input>,
  job: { readonly verb: Verb; readonly input: Input; readonly observer: BulkObserver; readonly options?: RunOptions },
): Promise<RunReport> {
  const options = job.options ?? {};
  const store: Store = {
    progress: null,
    open: null,
    isSettled: false,
    intents: [],
    settles: 0,
    death: options.death ?? null,
  };
  const report = { notes: [] as StatusNote[], waits: [] as StepOutcome[], crashes: 0 };
  for (let calls = 1; calls <= maximumCalls; calls += 1) {
    const outcome = await callOnce(method, { input: job.input, context: contextOf(store, job.verb, options, calls) });
    if (outcome === 'died') {
      report.crashes += 1;
      store.isSettled = false;
      continue;
    }
    commitSettled(store);
    report.notes.push(...outcome.notes);
    if (outcome.kind !== 'waiting') return { ...report, outcome, calls, intents: store.intents };
    report.waits.push(outcome);
    store.progress = outcome.progress;
    await wake(outcome, store, job.observer);
  }
  throw new Error(`the step did not end within ${maximumCalls} calls; last: ${JSON.stringify(report.waits.at(-1))}`);
}

async function callOnce<Input>(
  method: DriverMethod<Input>,
  call: { readonly input: Input; readonly context: StepContext },
): Promise<StepOutcome | 'died'> {
  try {
    return await method(call.input, call.context);
  } catch (error) {
    if (error instanceof ProcessDied) return 'died';
    throw error;
  }
}

function contextOf(store: Store, verb: Verb, options: RunOptions, calls: number): StepContext {
  return {
    signal: new AbortController().signal,
    attempt: options.attempt ?? 0,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    progress: store.progress,
    stopping: options.stopping ?? false,
    isLastCall: options.lastCall !== undefined && calls >= options.lastCall,
    openIntent: store.open === null ? null : { ...store.open, effect: throughJson(store.open.effect) },
    settleSeconds: options.settleSeconds ?? Math.min(4, verbs[verb].settleSeconds),
    intend: async (effect, progress) => {
      dieAt(store, 'intend', store.intents.length + 1);
      commitSettled(store);
      if (store.open !== null) throw new DrydockError('internal', 'an intent is open; settle it first');
      store.open = { effect, ageSeconds: 0 };
      store.intents.push(effect);
      if (progress !== undefined) store.progress = throughJson(progress);
      return { sendBefore: options.sendBefore ?? performance.now() + 60_000 };
    },
    settle: async (_effect, found, progress) => {
      if (store.open === null) throw new DrydockError('internal', `nothing is open to be settled as ${found}`);
      store.settles += 1;
      dieAt(store, 'settle', store.settles);
      store.isSettled = true;
      if (progress !== undefined) store.progress = throughJson(progress);
    },
  };
}

/** Postgres gives keys back in another order. */
function throughJson<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? 1 : -1))) as T;
}

function dieAt(store: Store, at: Death['at'], count: number): void {
  if (store.death?.at !== at || store.death.count !== count) return;
  store.death = null;
  throw new ProcessDied(`died at ${at} ${count}`);
}

function commitSettled(store: Store): void {
  if (!store.isSettled) return;
  store.open = null;
  store.isSettled = false;
}

async function wake(
  outcome: Extract<StepOutcome, { kind: 'waiting' }>,
  store: Store,
  observer: BulkObserver,
): Promise<void> {
  if ('afterSeconds' in outcome.wake) {
    if (store.open !== null)
      store.open = { ...store.open, ageSeconds: store.open.ageSeconds + outcome.wake.afterSeconds };
    return;
  }
  const { key, seen, source } = outcome.wake.observe;
  if (source !== observer.source) throw new Error(`nobody observes ${source}`);
  for (let polls = 0; polls < maximumPolls; polls += 1) {
    const value = (await observer.read([key], new AbortController().signal)).get(key);
    if (value !== seen) return;
  }
  // The deadline comes due.
}
