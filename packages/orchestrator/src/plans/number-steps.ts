import { DrydockError, type Need, type Plan, type PlannedStep, type StepKey } from '@drydock/model';
import type { DraftedNeed, DraftedStep } from './drafted-step.js';

/**
 * Makes a plan of drafted steps: keys are whole numbers from 0 in the given order, and every need becomes the key of the
 * step of that verb that stands before it on the same node.
 * @throws DrydockError `internal` when a need names a verb that does not stand before it: a defect of the planner
 */
export function numberSteps(drafts: readonly DraftedStep[]): Plan {
  const keys = new Map<string, StepKey>();
  const steps = drafts.map((draft, key): PlannedStep => {
    const needs = draft.needs.map((need) => resolveNeed(need, draft, keys));
    keys.set(placeOf(draft.nodeName, draft.verb), key);
    return { ...draft, key, needs, attempt: 0 };
  });
  return { format: 1, steps };
}

function resolveNeed(need: DraftedNeed, draft: DraftedStep, keys: ReadonlyMap<string, StepKey>): Need {
  const step = keys.get(placeOf(draft.nodeName, need.verb));
  if (step === undefined) {
    const target = draft.nodeName ?? 'the site';
    throw new DrydockError(
      'internal',
      `the plan of ${target} lets ${draft.verb} wait for ${need.verb}, which does not stand before it; fix the planner`,
    );
  }
  return { step, ended: need.ended };
}

/** No node name holds a line break. */
function placeOf(nodeName: string | null, verb: string): string {
  return `${nodeName ?? ''}\n${verb}`;
}
