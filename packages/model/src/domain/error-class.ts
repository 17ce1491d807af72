/** Why a step failed, in a word that a machine can act on. */
export const errorClasses = {
  invalid_design: { isRetryable: false, meaning: 'the design asks for something that cannot be' },
  not_found: { isRetryable: false, meaning: 'a thing that must exist does not' },
  ambiguous: { isRetryable: false, meaning: 'more than one machine matches the node' },
  unsupported: { isRetryable: false, meaning: 'no driver, or the driver or machine cannot do it' },
  not_owned: { isRetryable: false, meaning: 'the machine belongs to somebody else' },
  authentication: { isRetryable: false, meaning: 'credentials were refused' },
  conflict: { isRetryable: true, meaning: 'the machine is in a state in which this cannot be done' },
  unavailable: { isRetryable: true, meaning: 'the other side did not answer' },
  timeout: { isRetryable: true, meaning: 'the deadline passed' },
  machine_failed: { isRetryable: true, meaning: 'the machine tried and failed' },
  not_verified: { isRetryable: true, meaning: 'what was written is not what is read back' },
  budget_used_up: { isRetryable: true, meaning: 'too many tries for the step, its node or its BMC' },
  worker_died: { isRetryable: true, meaning: 'workers were lost three times in one attempt' },
  effect_unknown: { isRetryable: false, meaning: 'an effect was begun and the machine cannot be read' },
  cancelled: { isRetryable: false, meaning: 'somebody terminated the task' },
  internal: { isRetryable: false, meaning: 'a defect of this software' },
} as const satisfies Record<string, { readonly isRetryable: boolean; readonly meaning: string }>;

export type ErrorClass = keyof typeof errorClasses;
