import type { BootAction } from '@drydock/model';

/** Boot actions of some nodes, and those of the nodes that have one more. */
interface ActionList {
  readonly before: ActionList | null;
  readonly last: string;
  readonly longer: Map<string, ActionList>;
  names: readonly string[] | null;
}

const noNames: readonly string[] = Object.freeze([]);

/**
 * Names of the boot actions of each node, in their order. Nodes with the same ones share one list, so that memory goes
 * with the different lists and not with the nodes.
 */
export function bootActionLists(bootActions: readonly BootAction[]): (node: string) => readonly string[] {
  const root = listAfter(null, '');
  const lists = new Map<string, ActionList>();
  for (const { name, targetNodes } of bootActions) {
    for (const node of targetNodes) {
      const list = lists.get(node) ?? root;
      const known = list.longer.get(name);
      const longer = known ?? listAfter(list, name);
      if (known === undefined) list.longer.set(name, longer);
      lists.set(node, longer);
    }
  }
  return (node) => {
    const list = lists.get(node);
    return list === undefined ? noNames : (list.names ??= namesOf(list));
  };
}

function listAfter(before: ActionList | null, last: string): ActionList {
  return { before, last, longer: new Map(), names: null };
}

function namesOf(list: ActionList): readonly string[] {
  const names: string[] = [];
  for (let each = list; each.before !== null; each = each.before) names.push(each.last);
  return names.reverse();
}
