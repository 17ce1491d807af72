/**
 * What a retry does again of the task that it retries.
 * failed: every node that failed, from its failed step on. node: all steps of these nodes. step: this step and all after
 * it on its node. Whatever else succeeded is inherited.
 */
export type RetryScope =
  | { readonly kind: 'failed' }
  | { readonly kind: 'node'; readonly nodeNames: readonly string[] }
  | { readonly kind: 'step'; readonly stepId: string };
