import type { Progress, StepContext } from '@drydock/model';

/**
 * Settles the effect that an earlier call announced, from what the machine shows now.
 * @returns `too_early` when it may still become visible
 */
export async function settleOpenIntent(
  context: StepContext,
  isVisible: boolean,
  progress: { readonly whenDone: Progress; readonly whenNotDone: Progress },
): Promise<'done' | 'not_done' | 'too_early'> {
  if (context.openIntent === null) return 'not_done';
  const { effect, ageSeconds } = context.openIntent;
  if (isVisible) {
    await context.settle(effect, 'done', progress.whenDone);
    return 'done';
  }
  if (ageSeconds < context.settleSeconds) return 'too_early';
  await context.settle(effect, 'not_done', progress.whenNotDone);
  return 'not_done';
}
