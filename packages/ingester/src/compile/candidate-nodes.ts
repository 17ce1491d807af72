import type { CompiledNode, NodeFilter, NodeFilterSet } from '@drydock/model';

type CriterionName = Exclude<keyof NodeFilter, 'filter_type'>;

/** Positions of nodes in the design. */
type Positions = readonly number[];

/** Nodes in the order of the design, each once. */
interface Candidates {
  readonly nodes: readonly CompiledNode[];
  /** What it costs to ask the whole filter about each of them. */
  readonly looks: number;
}

/** What a node has that a criterion can ask for, each as one text. */
const valuesOf: Readonly<Record<CriterionName, (node: CompiledNode) => readonly string[]>> = {
  node_names: ({ name }) => [name],
  node_tags: ({ tags }) => tags,
  rack_names: ({ rack }) => (rack === null ? [] : [rack]),
  node_labels: ({ ownerData }) => pairsOf(ownerData),
  rack_labels: ({ rackLabels }) => pairsOf(rackLabels),
};

const criterionNames = Object.keys(valuesOf) as readonly CriterionName[];

/** Of the label criteria an intersection wants every pair, and of the others one value. */
const labelCriteria: ReadonlySet<CriterionName> = new Set(['node_labels', 'rack_labels']);

/**
 * Finds the nodes that a filter can select without a look at the others, so that ten thousand boot actions for one node
 * each cost no more than one for all.
 */
export class CandidateNodes {
  readonly #nodes: readonly CompiledNode[];
  readonly #positions = new Map<CriterionName, ReadonlyMap<string, Positions>>();

  constructor(nodes: readonly CompiledNode[]) {
    this.#nodes = nodes;
  }

  /** All that a filter selects and perhaps some that it does not; null when that takes more than so many looks. */
  of({ filter_set_type: type, filter_set: filters }: NodeFilterSet, mostLooks: number): Candidates | null {
    const found = filters.map((filter) => this.#ofFilter(filter)).filter((lists) => lists !== null);
    const lists = type === 'union' ? found.flat() : fewest(found);
    if (lengthOf(lists) > mostLooks) return null;
    const positions = [...new Set(lists.flat())].sort((left, right) => left - right);
    const looks = positions.length * filters.length;
    if (looks > mostLooks) return null;
    return { nodes: positions.flatMap((position) => this.#nodes[position] ?? []), looks };
  }

  /** Null: an intersection without a criterion, which keeps nothing out. */
  #ofFilter(filter: NodeFilter): readonly Positions[] | null {
    const isUnion = filter.filter_type === 'union';
    const found = criterionNames.flatMap((name) => {
      const lists = wantedOf(filter, name).map((value) => this.#with(name).get(value) ?? []);
      if (lists.length === 0) return [];
      return [isUnion || !labelCriteria.has(name) ? lists : fewest(lists.map((list) => [list]))];
    });
    if (isUnion) return found.flat();
    return found.length === 0 ? null : fewest(found);
  }

  #with(name: CriterionName): ReadonlyMap<string, Positions> {
    const known = this.#positions.get(name);
    if (known !== undefined) return known;
    const byValue = new Map<string, number[]>();
    this.#nodes.forEach((node, position) => {
      for (const value of valuesOf[name](node)) {
        const positions = byValue.get(value);
        if (positions === undefined) byValue.set(value, [position]);
        else positions.push(position);
      }
    });
    this.#positions.set(name, byValue);
    return byValue;
  }
}

function wantedOf(filter: NodeFilter, name: CriterionName): readonly string[] {
  const wanted = filter[name] ?? [];
  return Array.isArray(wanted)
    ? [...new Set(wanted as readonly string[])]
    : pairsOf(wanted as Readonly<Record<string, string>>);
}

function pairsOf(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).map((pair) => JSON.stringify(pair));
}

function lengthOf(lists: readonly Positions[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function fewest(found: readonly (readonly Positions[])[]): readonly Positions[] {
  const [first = [], ...others] = found;
  return others.reduce((least, lists) => (lengthOf(lists) < lengthOf(least) ? lists : least), first);
}
