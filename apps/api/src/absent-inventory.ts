import { DrydockError, type NodeInventory } from '@drydock/model';

/** For a configuration without machines to list: every question is refused with what to set. */
export function absentInventory(reason: string): NodeInventory {
  return {
    listNodes: () => Promise.reject(new DrydockError('provisioner_unavailable', reason)),
  };
}
