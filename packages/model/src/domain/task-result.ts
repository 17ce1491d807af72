import type { StepEnd } from './step.js';
import type { Verb } from './verbs.js';

export interface EndedStep {
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly attempt: number;
  readonly end: StepEnd;
}

export interface TaskResult {
  readonly status: 'success' | 'partial_success' | 'failure';
  /** Node names, in the order in which their first step stands in the plan; disjoint from failures. */
  readonly successes: readonly string[];
  readonly failures: readonly string[];
}

const isBad = (end: StepEnd): boolean => end === 'failed' || end === 'cancelled';

/**
 * The verdict of a task from its ended steps in plan order (reference 03 §14.4). A node counts by the newest attempt of
 * each verb: one bad end makes it a failure. Site-wide steps count by themselves and name no node.
 */
export function foldResult(steps: readonly EndedStep[]): TaskResult {
  const newest = new Map<string, EndedStep>();
  for (const step of steps) {
    const key = `${step.nodeName ?? ''}\n${step.verb}`;
    const known = newest.get(key);
    if (!known || step.attempt >= known.attempt) newest.set(key, step);
  }
  const isNodeBad = new Map<string, boolean>();
  let goodSiteSteps = 0;
  let badSiteSteps = 0;
  for (const step of newest.values()) {
    if (step.nodeName === null) {
      if (isBad(step.end)) badSiteSteps += 1;
      else if (step.end !== 'skipped') goodSiteSteps += 1;
      continue;
    }
    isNodeBad.set(step.nodeName, (isNodeBad.get(step.nodeName) ?? false) || isBad(step.end));
  }
  const successes = [...isNodeBad].filter(([, bad]) => !bad).map(([name]) => name);
  const failures = [...isNodeBad].filter(([, bad]) => bad).map(([name]) => name);
  return { status: verdict(successes.length + goodSiteSteps, failures.length + badSiteSteps), successes, failures };
}

function verdict(good: number, bad: number): TaskResult['status'] {
  if (bad === 0) return 'success';
  return good === 0 ? 'failure' : 'partial_success';
}
