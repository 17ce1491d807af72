import type { CompiledNode, CompiledSite } from '@drydock/model';

/** Packages of every package list that targets the node; of two versions the later boot action's wins (02 §7.10). */
export function mergedPackages(node: CompiledNode, site: CompiledSite): Readonly<Record<string, string | null>> {
  const packages = new Map<string, string | null>();
  for (const action of site.bootActions) {
    if (!node.bootActions.includes(action.name)) continue;
    for (const asset of action.assets) {
      if (asset.type !== 'pkg_list') continue;
      for (const [name, version] of Object.entries(asset.packages ?? {})) packages.set(name, version);
    }
  }
  return Object.fromEntries(packages);
}
