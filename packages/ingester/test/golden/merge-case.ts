import type { CompiledNode } from '@drydock/model';

/** Profiles from the root down, then the node that inherits from the last one; what the node is because of them. */
export interface MergeCase {
  readonly name: string;
  readonly chain: readonly [...profiles: object[], node: object];
  readonly expected: Partial<CompiledNode>;
}
