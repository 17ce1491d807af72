import type { CompiledDesign, CompiledSite } from './compiled-design.js';
import { diffValues, type ValueDiff } from './diff-values.js';

export type { DesignValue, ValueDiff } from './diff-values.js';

/** A part of a site that is not the same in two designs. */
export interface PartDiff {
  readonly kind: 'Region' | 'Rack' | 'NetworkLink' | 'Network' | 'BootAction' | 'BaremetalNode';
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Effective values that differ; none for a part that is only in one design. */
  readonly values: readonly ValueDiff[];
}

export interface DesignDiff {
  /** Empty: the designs mean the same. By kind, within each as in the later design, then what is gone. */
  readonly parts: readonly PartDiff[];
  /** Names of the boot actions in both, when their order differs: later ones win over earlier ones. */
  readonly bootActionOrder: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
}

/**
 * What changes from one design to another, by effective values: a changed host profile shows as changes of the nodes
 * that inherit it. Which nodes a boot action targets is said by those nodes. The order of documents means nothing but
 * for boot actions. No secret is in it: a changed one shows as `[redacted]`.
 */
export function diffDesigns(before: CompiledDesign, after: CompiledDesign): DesignDiff {
  const old = namedParts(before);
  const parts = namedParts(after).flatMap(([kind, items], index) => diffParts(kind, old[index]?.[1] ?? [], items));
  return { parts, bootActionOrder: diffOrder(before.site.bootActions, after.site.bootActions) };
}

interface NamedPart {
  readonly name: string;
}

type Kind = PartDiff['kind'];

function namedParts({ site, nodes }: CompiledDesign): readonly (readonly [Kind, readonly NamedPart[]])[] {
  return [
    ['Region', regionOf(site)],
    ['Rack', site.racks],
    ['NetworkLink', site.networkLinks],
    ['Network', site.networks],
    ['BootAction', site.bootActions.map(({ name, isSignaling, assets }) => ({ name, isSignaling, assets }))],
    ['BaremetalNode', nodes],
  ];
}

function regionOf({ region, tagDefinitions, authorizedKeys, repositories }: CompiledSite): readonly NamedPart[] {
  return region === null ? [] : [{ name: region, ...{ tagDefinitions, authorizedKeys, repositories } }];
}

function diffParts(kind: Kind, before: readonly NamedPart[], after: readonly NamedPart[]): readonly PartDiff[] {
  const old = new Map(before.map((part) => [part.name, part]));
  const kept = new Set(after.map(({ name }) => name));
  return [
    ...after.flatMap((part): readonly PartDiff[] => {
      const { name } = part;
      const earlier = old.get(name);
      if (earlier === undefined) return [{ kind, name, change: 'added', values: [] }];
      const values = diffValues(earlier, part);
      return values.length === 0 ? [] : [{ kind, name, change: 'changed', values }];
    }),
    ...before
      .filter(({ name }) => !kept.has(name))
      .map(({ name }): PartDiff => ({ kind, name, change: 'removed', values: [] })),
  ];
}

function diffOrder(before: readonly NamedPart[], after: readonly NamedPart[]): DesignDiff['bootActionOrder'] {
  const namesIn = (parts: readonly NamedPart[], others: readonly NamedPart[]): readonly string[] => {
    const shared = new Set(others.map(({ name }) => name));
    return parts.map(({ name }) => name).filter((name) => shared.has(name));
  };
  const order = { before: namesIn(before, after), after: namesIn(after, before) };
  return order.before.every((name, index) => name === order.after[index]) ? null : order;
}
