import type { KubernetesDriver, NodeDriver, OobDriver } from '@drydock/model';

/** The drivers that a worker has. What is missing makes the steps that need it fail, by name. */
export interface StepDrivers {
  readonly node: NodeDriver | null;
  /** The first that names a node's out-of-band type serves it. */
  readonly oob: readonly OobDriver[];
  readonly kubernetes: KubernetesDriver | null;
}
