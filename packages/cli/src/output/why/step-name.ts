interface NamedStep {
  readonly action: string;
  readonly verb: string;
  readonly node_name: string | null;
}

/** Where the API shows several verbs as one action, the verb says which it is. */
export function stepName({ action, verb }: Pick<NamedStep, 'action' | 'verb'>): string {
  return verb === action ? action : `${action} (${verb})`;
}

export function stepPlace({ node_name }: Pick<NamedStep, 'node_name'>): string {
  return node_name ?? 'the site';
}
