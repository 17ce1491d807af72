import { createHash } from 'node:crypto';
import type { CompiledDesign, Finding } from '@drydock/model';

/**
 * SHA-256, hex, of a compiled design and what is to be said about it, over canonical JSON: keys sorted, so that equal
 * content has equal hashes. Nodes, racks, links and networks count in the order of their names, because the order of
 * their documents decides nothing; boot actions in their own, because later ones win over earlier ones.
 */
export function hashDesign(design: CompiledDesign | null, findings: readonly Finding[] = []): string {
  const hash = createHash('sha256');
  const canonical = new CanonicalJson();
  const add = (part: unknown): void => void hash.update(`${canonical.of(part)}\n`);
  if (design !== null) {
    const { racks, networkLinks, networks, bootActions, ...site } = design.site;
    add({ format: design.format, site, bootActions: bootActions.map(withSortedTargets) });
    for (const parts of [racks, networkLinks, networks, design.nodes]) {
      add(parts.length);
      for (const part of sortedByName<{ readonly name: string }>(parts)) add(part);
    }
  }
  for (const finding of findings) add(finding);
  return hash.digest('hex');
}

function withSortedTargets({ targetNodes, ...action }: CompiledDesign['site']['bootActions'][number]): object {
  return { ...action, targetNodes: targetNodes.toSorted() };
}

function sortedByName<T extends { readonly name: string }>(parts: readonly T[]): readonly T[] {
  return parts.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** Nodes share most of their lists, so the text of a list is kept and written once. */
class CanonicalJson {
  readonly #lists = new Map<readonly unknown[], string>();

  of(value: unknown): string {
    if (Array.isArray(value)) return this.#list(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
    const record = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of Object.keys(record).sort()) {
      if (record[key] !== undefined) text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${this.of(record[key])}`;
    }
    return text === '' ? '{}' : `${text}}`;
  }

  #list(list: readonly unknown[]): string {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    const text = `[${list.map((item) => this.of(item)).join(',')}]`;
    this.#lists.set(list, text);
    return text;
  }
}
