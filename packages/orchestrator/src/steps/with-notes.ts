import type { StatusNote, StepOutcome } from '@drydock/model';

/** The same outcome, with notes before its own. */
export function withNotes(outcome: StepOutcome, notes: readonly StatusNote[]): StepOutcome {
  return notes.length === 0 ? outcome : { ...outcome, notes: [...notes, ...outcome.notes] };
}
