import type { ClaimedStep } from '@drydock/model/db';

/** A step as its first claim gives it; what a case is about is set by the case. */
export function claimedStep(facts: Partial<ClaimedStep> = {}): ClaimedStep {
  return {
    id: 's1',
    taskId: 't1',
    verb: 'noop',
    nodeName: 'n1',
    attempt: 0,
    fence: 7,
    tries: 0,
    triesTotal: 0,
    exhaustedBudget: null,
    lastState: null,
    lastStateSince: null,
    progress: null,
    stopping: false,
    stoppingForSeconds: null,
    isLastCall: false,
    secondsLeft: 60,
    planFormat: 1,
    snapshotHash: null,
    snapshotFormat: null,
    openIntentId: null,
    openEffect: null,
    openIntentAgeSeconds: null,
    traceParent: null,
    rungForMs: null,
    admittedForMs: null,
    readySinceMs: null,
    firstAdmittedAtMs: null,
    ...facts,
  };
}
