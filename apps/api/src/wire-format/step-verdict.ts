import type { StepEnd } from '@drydock/model';
import type { ShownStep } from '@drydock/model/db';
import type { Verdict } from './status-document.js';

/** How an end looks in the algebra of results (reference 01 §2.5). A skipped step is not shown. */
const statusOfEnd = {
  succeeded: 'success',
  absent: 'success',
  failed: 'failure',
  cancelled: 'failure',
  skipped: 'incomplete',
} as const satisfies Record<StepEnd, Verdict['status']>;

/** The result of one step: of its node, or of the things that a site-wide step dealt with. */
export function stepVerdict(step: ShownStep): Verdict {
  const status = step.end === null ? 'incomplete' : statusOfEnd[step.end];
  if (step.nodeName === null) {
    const focus = step.focus ?? [];
    return {
      status,
      successes: focus.filter(({ isOk }) => isOk).map(({ name }) => name),
      failures: focus.filter(({ isOk }) => !isOk).map(({ name }) => name),
    };
  }
  return {
    status,
    successes: status === 'success' ? [step.nodeName] : [],
    failures: status === 'failure' ? [step.nodeName] : [],
  };
}
