import type { CompiledNode, CompiledSite, ReportedBootAction } from '@drydock/model';
import type { DeviceNames } from './device-names.js';

/** What the worker loaded for one step; see `materialNeeds` for what a verb reads. Never logged: it holds secrets. */
export interface StepMaterial {
  /** Null when the verb does not need it, or the task has no design (`verify_site`). */
  readonly site: CompiledSite | null;
  /** Null for a site-wide step. */
  readonly node: CompiledNode | null;
  /** Null when no hardware inventory of the node is stored. */
  readonly deviceNames: DeviceNames | null;
  /** Opened secrets of the step's target, the node or the site, by JSON pointer into its part: `/oob/credential`. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Hex key of the boot actions of the deployment; null when the node has none, or none are delivered. */
  readonly bootActionKey: string | null;
  /** Null when the verb does not wait for boot actions. */
  readonly reports: StepReports | null;
}

/** What the boot actions of a deployment have reported so far. */
export interface StepReports {
  /** The `deploy_node` step; null: nothing was stored of its boot actions. */
  readonly deploymentId: string | null;
  /** In design order. */
  readonly actions: readonly ReportedBootAction[];
}
