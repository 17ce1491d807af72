import type { PlannedStep } from '@drydock/model';
import type { MovedStep, NodeFacts } from '@drydock/model/db';

/** A step of a plan; what a case is about is set by the case. */
export function plannedStep(key: number, facts: Partial<PlannedStep> = {}): PlannedStep {
  return {
    key,
    verb: 'noop',
    nodeName: 'n1',
    needs: [],
    join: 'all',
    attempt: 0,
    maxAttempts: 1,
    retryFrom: null,
    deadlineSeconds: 60,
    ...facts,
  };
}

/** A move as the database tells it. */
export function movedStep(key: number, facts: Partial<MovedStep> = {}): MovedStep {
  return {
    id: `s${key}`,
    key,
    status: 'ended',
    end: null,
    errorClass: null,
    reason: null,
    notBeforeMs: null,
    triesTotal: 0,
    unpaidTries: 0,
    wakeMs: null,
    hasBegun: true,
    stopping: false,
    ...facts,
  };
}

/** What a snapshot says of a node. */
export function nodeFacts(name: string, facts: Partial<NodeFacts> = {}): NodeFacts {
  const bare = { rack: null, rackLabels: {}, tags: [], ownerData: {}, oobType: null, bmcAddress: null, bmcPort: null };
  return { ...bare, name, hasBootActions: false, ...facts };
}
