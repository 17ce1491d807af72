/** What a plan needs to know of a node. */
export interface PlanNode {
  readonly name: string;
  /** Type of its out-of-band interface; null when the design gives it none. */
  readonly oobType: string | null;
  readonly hasBootActions: boolean;
}
