import type { PlannedStep } from '../src/index.js';

/** A step of the tests: no needs, one attempt, and what the test says. */
export function plannedStep(key: number, given: Partial<PlannedStep> = {}): PlannedStep {
  return {
    key,
    verb: 'power_on_node',
    nodeName: 'n1',
    needs: [],
    join: 'all',
    attempt: 0,
    maxAttempts: 1,
    retryFrom: null,
    deadlineSeconds: 300,
    ...given,
  };
}
