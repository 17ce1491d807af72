/**
 * How a child's values join those it inherits (reference 02 §4.2–§4.4, with the algorithms that were meant). An item,
 * key or name with `!` before it removes what is inherited; the marker itself never stays. Where the child says
 * nothing, what it inherits is given back as it is, so that nodes of one profile share it.
 */
export const removal = '!';

/** The child's value, else the parent's; `!` is none. */
export function mergeScalar<T extends string | number | boolean>(parent: T | null, child: T | null): T | null {
  if (child === null) return parent;
  return child === removal || child === -1 ? null : child;
}

/** The parent's entries that the child neither removes nor replaces keep their place; new ones follow. */
export function mergeMap(
  parent: ReadonlyMap<string, string>,
  child: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (child.size === 0) return parent;
  const merged = new Map<string, string>();
  for (const [key, value] of parent) if (!child.has(`${removal}${key}`)) merged.set(key, value);
  for (const [key, value] of child) if (!key.startsWith(removal)) merged.set(key, value);
  return merged;
}

/** The child's items first, then the parent's that it neither removes nor has already. */
export function mergeList(parent: readonly string[], child: readonly string[]): readonly string[] {
  if (child.length === 0) return parent;
  const said = new Set(child);
  const merged = child.filter((item) => !item.startsWith(removal));
  for (const item of parent) {
    if (said.has(item) || said.has(`${removal}${item}`)) continue;
    said.add(item);
    merged.push(item);
  }
  return merged;
}

/** One that is named and can be marked as removed. */
export interface Named {
  readonly name: string;
  readonly isRemoved?: boolean;
}

/** Named things in the parent's order, merged where both have one, then the child's new ones. */
export function mergeNamed<T extends Named>(
  parent: readonly T[],
  child: readonly T[],
  merge: { readonly nothing: (name: string) => T; readonly join: (parent: T, child: T) => T },
): readonly T[] {
  if (child.length === 0) return parent;
  const children = new Map(child.map((item) => [item.name, item]));
  const inherited = new Set(parent.map((item) => item.name));
  const isGone = (name: string): boolean => children.has(`${removal}${name}`) || children.get(name)?.isRemoved === true;
  const kept = parent
    .filter((item) => !isGone(item.name))
    .map((item) => {
      const own = children.get(item.name);
      return own === undefined ? item : merge.join(item, own);
    });
  const fresh = child.filter(
    (item) => !inherited.has(item.name) && !item.name.startsWith(removal) && item.isRemoved !== true,
  );
  return [...kept, ...fresh.map((item) => merge.join(merge.nothing(item.name), item))];
}
