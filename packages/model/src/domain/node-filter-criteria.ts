import type { NodeFilter } from './node-filter.js';

/** What a filter looks at; a compiled node is one. */
export interface FilterableNode {
  readonly name: string;
  readonly tags: readonly string[];
  readonly rack: string | null;
  readonly rackLabels: Labels;
  /** Matched by `node_labels`. */
  readonly ownerData: Labels;
}

export type CriterionName = Exclude<keyof NodeFilter, 'filter_type'>;

/** What one criterion of a filter says about a node. */
export interface CriterionVerdict {
  readonly isMatched: boolean;
  /** What the filter wants and the node has; a label is written `key=value`. */
  readonly matched: readonly string[];
  /** Labels that are wanted and not there, at most three; empty where one of many suffices. */
  readonly missing: readonly string[];
  /** One sentence about the node. */
  readonly reason: string;
}

/** A criterion that a filter has, ready to be asked about any number of nodes; none is slower for a longer list. */
export interface Criterion {
  readonly name: CriterionName;
  matches(node: FilterableNode): boolean;
  judge(node: FilterableNode): CriterionVerdict;
}

type Labels = Readonly<Record<string, string>>;

/** The criteria of a filter in a fixed order; an empty one is none (reference 01 §1.5.1, 02 §5). */
export function criteriaOf(filter: NodeFilter): readonly Criterion[] {
  const needsAll = filter.filter_type === 'intersection';
  return [
    ...listRows.flatMap(([name, row]) => {
      const values = filter[name] ?? [];
      return values.length === 0 ? [] : [listCriterion(name, new Set(values), row)];
    }),
    ...labelRows.flatMap(([name, row]) => {
      const pairs = new Map(Object.entries(filter[name] ?? {}));
      return pairs.size === 0 ? [] : [labelCriterion(name, { pairs, needsAll }, row)];
    }),
  ];
}

interface ListRow {
  readonly of: (node: FilterableNode) => readonly string[];
  readonly matched: (values: string) => string;
  readonly failed: (node: FilterableNode) => string;
}

type ListName = 'node_names' | 'node_tags' | 'rack_names';

const listRows: readonly (readonly [ListName, ListRow])[] = [
  [
    'node_names',
    {
      of: ({ name }) => [name],
      matched: () => 'its name is listed',
      failed: () => 'its name is not listed',
    },
  ],
  [
    'node_tags',
    {
      of: ({ tags }) => tags,
      matched: (tags) => `it has ${tags}`,
      failed: ({ tags }) => (tags.length === 0 ? 'it has no tags' : `none of its tags ${tags.join(', ')} is listed`),
    },
  ],
  [
    'rack_names',
    {
      of: ({ rack }) => (rack === null ? [] : [rack]),
      matched: (rack) => `its rack ${rack} is listed`,
      failed: ({ rack }) => (rack === null ? 'it is in no rack' : `its rack ${rack} is not listed`),
    },
  ],
];

interface LabelRow {
  readonly whose: string;
  readonly of: (node: FilterableNode) => Labels;
}

const labelRows: readonly (readonly ['node_labels' | 'rack_labels', LabelRow])[] = [
  ['node_labels', { whose: 'it', of: ({ ownerData }) => ownerData }],
  ['rack_labels', { whose: 'its rack', of: ({ rackLabels }) => rackLabels }],
];

function listCriterion(name: ListName, wanted: ReadonlySet<string>, row: ListRow): Criterion {
  return {
    name,
    matches: (node) => row.of(node).some((value) => wanted.has(value)),
    judge: (node) => {
      const matched = [...new Set(row.of(node))].filter((value) => wanted.has(value));
      const isMatched = matched.length > 0;
      return {
        isMatched,
        matched,
        missing: [],
        reason: isMatched ? row.matched(matched.join(', ')) : row.failed(node),
      };
    },
  };
}

interface WantedLabels {
  readonly pairs: ReadonlyMap<string, string>;
  readonly needsAll: boolean;
}

const mostMissing = 3;

function labelCriterion(name: CriterionName, { pairs, needsAll }: WantedLabels, { whose, of }: LabelRow): Criterion {
  const isWanted = ([key, value]: readonly [string, string]): boolean => pairs.get(key) === value;
  const matchedIn = (labels: Labels): readonly (readonly [string, string])[] => Object.entries(labels).filter(isWanted);
  const isEnough = (matched: number): boolean => (needsAll ? matched === pairs.size : matched > 0);
  return {
    name,
    matches: (node) => isEnough(matchedIn(of(node)).length),
    judge: (node) => {
      const labels = of(node);
      const matched = matchedIn(labels).map(([key, value]) => `${key}=${value}`);
      if (isEnough(matched.length)) {
        return { isMatched: true, matched, missing: [], reason: `${whose} has ${matched.join(', ')}` };
      }
      const missing = needsAll ? missingFrom(labels, pairs) : [];
      const lack = needsAll ? missing.map(({ lack: text }) => text).join(', ') : 'none of the labels that are listed';
      return {
        isMatched: false,
        matched,
        missing: missing.map(({ pair }) => pair),
        reason: `${whose} has ${lack}`,
      };
    },
  };
}

function missingFrom(labels: Labels, pairs: ReadonlyMap<string, string>): readonly { pair: string; lack: string }[] {
  const missing: { pair: string; lack: string }[] = [];
  for (const [key, value] of pairs) {
    const found = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (found === value) continue;
    const lack = found === undefined ? `no label ${key}` : `${key}=${found}, not ${key}=${value}`;
    missing.push({ pair: `${key}=${value}`, lack });
    if (missing.length === mostMissing) break;
  }
  return missing;
}
