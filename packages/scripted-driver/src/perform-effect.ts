import { DrydockError, type Effect, type StepContext } from '@drydock/model';
import type { EffectsLog } from './effects-log.js';
import type { CallPlace } from './find-row.js';
import type { ScriptedProgress } from './scripted-progress.js';

export interface EffectTools {
  readonly log: EffectsLog;
  readonly createId: () => string;
  readonly pause: (place: 'after_intent' | 'after_effect') => Promise<void>;
}

/** Announces, does and settles the attempt's one effect. @returns the progress that remembers it */
export async function performEffect(
  place: CallPlace,
  context: StepContext,
  progress: ScriptedProgress,
  tools: EffectTools,
): Promise<ScriptedProgress> {
  const id = tools.createId();
  const effect: Effect = { kind: place.verb, id, node: place.node };
  const { sendBefore } = await context.intend(effect, progress);
  try {
    await tools.pause('after_intent');
    requireTime(place.verb, context.signal, sendBefore);
  } catch (error) {
    // Nothing was sent, and we know it.
    await context.settle(effect, 'not_done', progress);
    throw error;
  }
  await tools.log.append({ id, verb: place.verb, node: place.node, attempt: place.attempt });
  await tools.pause('after_effect');
  const acted = { ...progress, isActed: true };
  await context.settle(effect, 'done', acted);
  return acted;
}

function requireTime(verb: string, signal: AbortSignal, sendBefore: number): void {
  signal.throwIfAborted();
  if (performance.now() < sendBefore) return;
  throw new DrydockError('fence_lost', `${verb} was announced too long ago to be sent; the next call reads`);
}

/** What became of the effect that an earlier call announced: done, not done, or too early to say. */
export async function settleOpenIntent(
  context: StepContext,
  progress: ScriptedProgress,
  log: EffectsLog,
): Promise<ScriptedProgress | 'too_early'> {
  if (context.openIntent === null) return progress;
  const { effect, ageSeconds } = context.openIntent;
  if (await log.has(String(effect['id']))) {
    const acted = { ...progress, isActed: true };
    await context.settle(effect, 'done', acted);
    return acted;
  }
  if (ageSeconds < context.settleSeconds) return 'too_early';
  await context.settle(effect, 'not_done', progress);
  return progress;
}
