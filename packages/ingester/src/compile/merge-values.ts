/**
 * How a child's values join those it inherits (reference 02 §4.2–§4.4, with the algorithms that were meant). An item,
 * key or name with `!` before it removes what is inherited; the marker itself never stays.
 */
const removal = '!';

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
  const kept = [...parent].filter(([key]) => !child.has(`${removal}${key}`));
  return new Map([...kept, ...[...child].filter(([key]) => !key.startsWith(removal))]);
}

/** The child's items first, then the parent's that it neither removes nor repeats. */
export function mergeList(parent: readonly string[], child: readonly string[]): readonly string[] {
  const named = new Set(child);
  return [
    ...child.filter((item) => !item.startsWith(removal)),
    ...parent.filter((item) => !named.has(item) && !named.has(`${removal}${item}`)),
  ];
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
  const children = new Map(child.map((item) => [item.name, item]));
  const inherited = new Set(parent.map((item) => item.name));
  const isGone = (name: string): boolean => children.has(`${removal}${name}`) || children.get(name)?.isRemoved === true;
  const fresh = [...children.values()].filter(
    (item) => !inherited.has(item.name) && !item.name.startsWith(removal) && item.isRemoved !== true,
  );
  return [
    ...parent
      .filter((item) => !isGone(item.name))
      .map((item) => {
        const own = children.get(item.name);
        return own === undefined ? item : merge.join(item, own);
      }),
    ...fresh.map((item) => merge.join(merge.nothing(item.name), item)),
  ];
}
