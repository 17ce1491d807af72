import { redactSecrets } from './cut-secrets.js';

export type DesignValue =
  string | number | boolean | null | readonly DesignValue[] | { readonly [key: string]: DesignValue };

/** One effective value that differs; null on a side where it is not. */
export interface ValueDiff {
  /** For people, for instance `interfaces.bond0.networks` or `ownerData["example.test/role"]`. */
  readonly path: string;
  readonly before: DesignValue;
  readonly after: DesignValue;
}

/**
 * Where two parts of the same kind and name differ. Lists whose items have names are compared by name, and where only
 * the order of the names differs, that is the difference; other lists are compared item by item, or, of plain texts,
 * as a whole.
 */
export function diffValues(before: object, after: object): readonly ValueDiff[] {
  const found: ValueDiff[] = [];
  compare(before, after, { keys: [], found });
  return found;
}

interface Walk {
  readonly keys: readonly Key[];
  readonly found: ValueDiff[];
}

/** A number is a position in a list. */
type Key = string | number;

/** What names an item of these lists; an item of any other is called by its position. */
const itemNames: Readonly<Record<string, string>> = {
  interfaces: 'name',
  devices: 'name',
  partitions: 'name',
  volumeGroups: 'name',
  logicalVolumes: 'name',
  entries: 'name',
  kernelParameters: '0',
  deviceAliases: 'alias',
  addressing: 'network',
  tagDefinitions: 'tag',
};

function compare(before: unknown, after: unknown, walk: Walk): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, walk);
  else if (isRecord(before) && isRecord(after)) compareEntries(entriesOf(before), entriesOf(after), walk);
  else report(before, after, walk);
}

function compareEntries(
  before: ReadonlyMap<Key, unknown>,
  after: ReadonlyMap<Key, unknown>,
  { keys, found }: Walk,
): void {
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    compare(before.get(key), after.get(key), { keys: [...keys, key], found });
  }
}

function compareLists(before: readonly unknown[], after: readonly unknown[], walk: Walk): void {
  if (before.every(isPlain) && after.every(isPlain)) {
    if (!isSameList(before, after)) report(before, after, walk);
    return;
  }
  const old = byName(before, walk);
  const now = byName(after, walk);
  if (old === null || now === null) {
    compareEntries(new Map(before.entries()), new Map(after.entries()), walk);
    return;
  }
  compareEntries(old, now, walk);
  const orderBefore = [...old.keys()].filter((name) => now.has(name));
  const orderAfter = [...now.keys()].filter((name) => old.has(name));
  if (!isSameList(orderBefore, orderAfter)) report(orderBefore, orderAfter, walk);
}

/** Null: the items have no names, or not each one its own. */
function byName(items: readonly unknown[], { keys }: Walk): ReadonlyMap<Key, unknown> | null {
  const nameKey = itemNames[keys.at(-1) ?? ''];
  if (nameKey === undefined) return null;
  const named = items.map((item) => [String((item as Readonly<Record<string, unknown>>)[nameKey]), item] as const);
  const byNames = new Map<Key, unknown>(named.map(([name, item]) => [name, isPair(item) ? item[1] : item]));
  return byNames.size === items.length ? byNames : null;
}

/** A kernel parameter, which is its value once it is called by its name. */
function isPair(item: unknown): item is readonly [string, unknown] {
  return Array.isArray(item);
}

function report(before: unknown, after: unknown, { keys, found }: Walk): void {
  const pointer = keys.map((key) => `/${key}`).join('');
  const shown = (value: unknown): DesignValue => redactSecrets((value ?? null) as DesignValue, pointer);
  found.push({ path: printPath(keys), before: shown(before), after: shown(after) });
}

function printPath(keys: readonly Key[]): string {
  return keys
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      return /^[\w-]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
}

function entriesOf(record: Readonly<Record<string, unknown>>): ReadonlyMap<Key, unknown> {
  return new Map<Key, unknown>(Object.entries(record));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
