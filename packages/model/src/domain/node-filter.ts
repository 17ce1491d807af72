/** Which nodes a task is for (reference 01 §1.5.1, 02 §5). */
export interface NodeFilterSet {
  readonly filter_set_type: 'union' | 'intersection';
  readonly filter_set: readonly NodeFilter[];
}

export interface NodeFilter {
  readonly filter_type: 'union' | 'intersection';
  readonly node_names?: readonly string[];
  readonly node_tags?: readonly string[];
  readonly node_labels?: Readonly<Record<string, string>>;
  readonly rack_names?: readonly string[];
  readonly rack_labels?: Readonly<Record<string, string>>;
}
