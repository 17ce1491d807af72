import type { BuildDatum, DriverMethod, StepContext, StepOutcome, Verb } from '@drydock/model';
import type { EffectsLog } from './effects-log.js';
import { findRow, type CallPlace } from './find-row.js';
import { performEffect, settleOpenIntent } from './perform-effect.js';
import { readProgress, type ScriptedProgress } from './scripted-progress.js';
import { observedThing } from './scripted-observer.js';
import type { DelayPlace, Script, ScriptedOutcome, ScriptRow } from './script.js';

export interface ScriptedCall extends CallPlace {
  readonly outcome: ScriptedOutcome | 'settling' | 'stopped';
}

export interface ScriptedWorld {
  readonly script: Script;
  readonly source: string;
  readonly effects: EffectsLog;
  readonly calls: ScriptedCall[];
  /** Calls of an attempt that threw; progress cannot count them. Keyed by `throwKey`. */
  readonly thrown: Map<string, number>;
  readonly now: () => number;
  readonly createId: () => string;
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

interface Answering {
  readonly world: ScriptedWorld;
  readonly place: CallPlace;
  readonly row: ScriptRow;
  readonly progress: ScriptedProgress;
  readonly context: StepContext;
}

const doneAtOnce: ScriptRow = { verb: '*', outcome: 'done' };
const secondsBetweenReads = 1;

/** The method of one verb: settle what is open, find the row, act, answer. */
export function scriptedMethod(verb: Verb, world: ScriptedWorld): DriverMethod<unknown> {
  return async (input, context) => {
    const key = throwKey(verb, nodeNameOf(input), context.attempt);
    const before = readProgress(context.progress);
    const thrown = world.thrown.get(key) ?? 0;
    const place = { verb, node: nodeNameOf(input), attempt: context.attempt, call: before.calls + thrown };
    const progress = await settleOpenIntent(context, before, world.effects);
    if (progress === 'too_early') {
      world.calls.push({ ...place, outcome: 'settling' });
      return { kind: 'waiting', wake: { afterSeconds: secondsBetweenReads }, progress: before, notes: [] };
    }
    if (context.stopping) {
      world.calls.push({ ...place, outcome: 'stopped' });
      return { kind: 'failed', reason: 'stopped before it was done', errorClass: 'cancelled', notes: [] };
    }
    if (
      progress.changesAtMilliseconds !== null &&
      world.now() < progress.changesAtMilliseconds &&
      !context.isLastCall
    ) {
      return observe({ world, place, row: doneAtOnce, progress, context }, progress.changesAtMilliseconds);
    }
    const row = findRow(world.script.rows, place) ?? doneAtOnce;
    world.calls.push({ ...place, outcome: row.outcome });
    if (row.outcome === 'throw') world.thrown.set(key, thrown + 1);
    else world.thrown.delete(key);
    return answer({ world, place, row, progress, context });
  };
}

async function answer(answering: Answering): Promise<StepOutcome> {
  const { world, place, row, context } = answering;
  const pause = async (at: DelayPlace) => {
    if ((row.delayAt ?? 'begin') === at && row.delayMilliseconds !== undefined) {
      await world.delay(row.delayMilliseconds, context.signal);
    }
  };
  await pause('begin');
  context.signal.throwIfAborted();
  let { progress } = answering;
  if (row.withEffects === true && !progress.isActed) {
    progress = await performEffect(place, context, progress, { log: world.effects, createId: world.createId, pause });
  }
  const next = { ...progress, calls: place.call + 1, changesAtMilliseconds: null };
  return outcomes[row.outcome]({ ...answering, progress: next });
}

const outcomes = {
  done: (answering) => ({ kind: 'done', ...said(answering) }),
  absent: (answering) => ({ kind: 'absent', ...said(answering) }),
  failed: (answering) => ({
    kind: 'failed',
    reason: answering.row.reason ?? `${answering.place.verb} failed as scripted`,
    errorClass: answering.row.errorClass ?? 'machine_failed',
    ...said(answering),
  }),
  waiting: (answering) => {
    if (answering.context.isLastCall) return timedOut(answering);
    const afterSeconds = answering.row.afterSeconds ?? 1;
    const { progress } = answering;
    return { kind: 'waiting', wake: { afterSeconds }, progress, ...stated(answering), ...said(answering) };
  },
  observe: (answering) => {
    if (answering.context.isLastCall) return timedOut(answering);
    return observe(answering, answering.world.now() + Math.ceil((answering.row.afterSeconds ?? 1) * 1000));
  },
  throw: ({ row, place }) => {
    throw new Error(row.reason ?? `${place.verb} could not find out, as scripted`);
  },
} as const satisfies Record<ScriptedOutcome, (answering: Answering) => StepOutcome>;

function observe(answering: Answering, changesAtMilliseconds: number): StepOutcome {
  const { world, place, progress } = answering;
  const thing = observedThing(
    world.source,
    `${place.verb}/${place.node ?? ''}/${place.attempt}`,
    changesAtMilliseconds,
  );
  const remembered = { ...progress, changesAtMilliseconds };
  return { kind: 'waiting', wake: { observe: thing }, progress: remembered, ...stated(answering), ...said(answering) };
}

function stated({ row }: Answering): { state?: string } {
  return row.state === undefined ? {} : { state: row.state };
}

function timedOut(answering: Answering): StepOutcome {
  const reason = answering.row.reason ?? `${answering.place.verb} still waits at its deadline, as scripted`;
  return { kind: 'failed', reason, errorClass: 'timeout', ...said(answering) };
}

function said({ row, place }: Answering): { notes: []; buildData?: readonly BuildDatum[] } {
  if (row.buildData === undefined) return { notes: [] };
  const nodeName = place.node ?? '';
  return { notes: [], buildData: row.buildData.map((datum) => ({ ...datum, nodeName, collectedDate: null })) };
}

function throwKey(verb: Verb, node: string | null, attempt: number): string {
  return `${verb}/${node ?? ''}/${attempt}`;
}

/** Every input names its node as `node.name` or `nodeName`, or has none. */
function nodeNameOf(input: unknown): string | null {
  const { node, nodeName } = input as { node?: { name?: string }; nodeName?: string };
  return node?.name ?? nodeName ?? null;
}
