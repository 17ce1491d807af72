import type { Verb } from '@drydock/model';
import type { DraftedNeed, DraftedStep } from './drafted-step.js';
import type { PlanNode } from './plan-node.js';
import type { StepLimits } from './step-limits.js';

export type StepChoices = Partial<Pick<DraftedStep, 'join' | 'maxAttempts' | 'retryFrom'>>;
export type StepBuilder = (verb: Verb, needs: readonly DraftedNeed[], choices?: StepChoices) => DraftedStep;

/** Builds the steps of one node; `null` builds site-wide steps. */
export function stepFor(node: PlanNode | null, limits: StepLimits): StepBuilder {
  const nodeName = node?.name ?? null;
  return (verb, needs, choices = {}) => ({
    verb,
    nodeName,
    needs,
    join: choices.join ?? 'all',
    maxAttempts: choices.maxAttempts ?? 1,
    retryFrom: choices.retryFrom ?? null,
    deadlineSeconds: limits.deadlineSeconds[verb],
  });
}
