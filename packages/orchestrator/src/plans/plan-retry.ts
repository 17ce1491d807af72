import { DrydockError, type PlannedStep, type StepKey, type Verb } from '@drydock/model';

/**
 * Fresh steps with which a node begins again after a step failed: the verb that `retryFrom` names (or the step's own)
 * and every verb after it on the node, each with `attempt` + 1. Needs inside the fresh steps point to them; needs on
 * earlier steps keep the keys of the rows that ended. Empty when the failed step has used all its attempts.
 * @param steps every step of the node so far, in the order of keys, earlier attempts included
 * @param nextKey the first key that the task has not used
 * @throws DrydockError `internal` when `retryFrom` names a verb that the node's plan does not hold
 */
export function planRetry(
  steps: readonly PlannedStep[],
  failed: PlannedStep,
  nextKey: StepKey,
): readonly PlannedStep[] {
  if (failed.attempt + 1 >= failed.maxAttempts) return [];
  const newest = newestByVerb(steps);
  const chain = [...newest.keys()];
  const start = chain.indexOf(failed.retryFrom ?? failed.verb);
  if (start < 0) {
    throw new DrydockError(
      'internal',
      `${failed.verb} of node ${failed.nodeName ?? 'none'} begins again at ${failed.retryFrom ?? failed.verb}, ` +
        'which its plan does not hold; fix the planner',
    );
  }
  const freshKeys = new Map(chain.slice(start).map((verb, index) => [verb, nextKey + index]));
  const verbOf = new Map(steps.map((step) => [step.key, step.verb]));
  return [...freshKeys].flatMap(([verb, key]) => {
    const step = newest.get(verb);
    return step ? [{ ...step, key, attempt: step.attempt + 1, needs: repointed(step, verbOf, freshKeys) }] : [];
  });
}

/** In the order of the plan: a map keeps the place at which a verb was first seen. */
function newestByVerb(steps: readonly PlannedStep[]): Map<Verb, PlannedStep> {
  return new Map(steps.map((step) => [step.verb, step]));
}

function repointed(
  step: PlannedStep,
  verbOf: ReadonlyMap<StepKey, Verb>,
  freshKeys: ReadonlyMap<Verb, StepKey>,
): PlannedStep['needs'] {
  return step.needs.map((need) => {
    const verb = verbOf.get(need.step);
    return { ...need, step: (verb && freshKeys.get(verb)) ?? need.step };
  });
}
