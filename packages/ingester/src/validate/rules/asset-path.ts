import type { BootAction } from '@drydock/model';
import { aboutBootAction, type ValidationRule } from '../validation-rule.js';

interface Placed {
  readonly action: BootAction;
  readonly index: number;
}

/** Of two assets with one path the later one stays on the node (02 §7.7). */
export const assetPath: ValidationRule = {
  id: 'boot-action.path',
  code: 'DD4005',
  title: 'Bootaction Asset Path',
  check({ site: { bootActions } }, report) {
    for (const [path, assets] of assetsByPath(bootActions)) {
      const taken: Taken = { firstByNode: new Map(), lists: new Set() };
      for (const { action, index } of assets) {
        const clash = clashOf(action, taken);
        if (clash === null) continue;
        const other = clash.action === action.name ? [] : aboutBootAction(clash.action);
        report.advice({
          message: `boot action ${action.name} writes ${path} on node ${clash.node}, and so does ${other.length === 0 ? 'another of its assets' : `boot action ${clash.action}`}`,
          diagnostic: 'give each asset a path of its own, or each node one of the boot actions',
          about: [...aboutBootAction(action.name), ...other],
          keys: ['assets', index, 'path'],
        });
      }
    }
  },
};

/** Paths that more than one asset has. */
function assetsByPath(bootActions: readonly BootAction[]): ReadonlyMap<string, readonly Placed[]> {
  const byPath = new Map<string, Placed[]>();
  for (const action of bootActions) {
    action.assets.forEach(({ type, path }, index) => {
      if (type === 'pkg_list' || path === null) return;
      const placed = byPath.get(path);
      if (placed === undefined) byPath.set(path, [{ action, index }]);
      else placed.push({ action, index });
    });
  }
  return new Map([...byPath].filter(([, assets]) => assets.length > 1));
}

/** Which nodes have the path, by which action. */
interface Taken {
  readonly firstByNode: Map<string, string>;
  /** Actions for all nodes have one list of them, which is walked once. */
  readonly lists: Set<readonly string[]>;
}

/** The first node that already has the path, by which action; takes note of all nodes of this one. */
function clashOf(
  { name, targetNodes }: BootAction,
  { firstByNode, lists }: Taken,
): { readonly node: string; readonly action: string } | null {
  let clash: { readonly node: string; readonly action: string } | null = null;
  const remaining = lists.has(targetNodes) ? targetNodes.slice(0, 1) : targetNodes;
  lists.add(targetNodes);
  for (const node of remaining) {
    const action = firstByNode.get(node);
    if (action === undefined) firstByNode.set(node, name);
    else clash ??= { node, action };
  }
  return clash;
}
