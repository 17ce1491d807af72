import { DrydockError } from '../../../domain/drydock-error.js';
import type { StepEvent } from '../../../domain/step-moves.js';

/**
 * Whoever moves many rows at once must get every one of them back.
 * @throws DrydockError `illegal_move` naming the steps that are elsewhere in their life
 */
export function requireAllMoved(
  event: StepEvent,
  ids: readonly string[],
  moved: readonly { readonly id: string }[],
): void {
  if (moved.length === ids.length) return;
  const known = new Set(moved.map((step) => step.id));
  const others = ids.filter((id) => !known.has(id));
  throw new DrydockError(
    'illegal_move',
    `${event} is not possible for ${others.length} of ${ids.length} steps (${others.slice(0, shownIds).join(', ')}): ` +
      'somebody else has moved them; read them again',
  );
}

const shownIds = 5;
