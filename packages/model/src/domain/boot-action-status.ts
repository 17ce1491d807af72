/** What is known of a boot action. `unreported`: the design says that it does not signal, and nobody waits for it. */
export type BootActionStatus = 'incomplete' | 'unreported' | 'success' | 'failure';

/** A boot action of one deployment of a node. */
export interface ReportedBootAction {
  /** ULID. */
  readonly actionId: string;
  readonly name: string;
  readonly status: BootActionStatus;
}

/** What steps that wait for boot actions observe, by the id of the `deploy_node` step. */
export const bootActionSource = 'bootactions';

/** What is observed of a deployment: a step is woken when it changes. */
export function reportedValue(reported: number, total: number): string {
  return `${reported} of ${total}`;
}
