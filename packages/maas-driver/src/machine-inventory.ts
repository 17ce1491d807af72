import type { InventoryNode, NodeInventory } from '@drydock/model';
import type { PowerAddresses } from './find/power-addresses.js';
import { readMachines, type MachineDocument } from './resources/machine-document.js';
import type { Region } from './region.js';

/** Lists what MAAS has, live. An error is an error, never an empty list. */
export function createMachineInventory(region: Region): NodeInventory {
  return {
    async listNodes(signal) {
      const [answer, powerAddresses] = await Promise.all([
        region.client.read({ path: 'machines/', limit: 'listSeconds', lane: 'poll' }, signal),
        region.powerAddresses.get(signal),
      ]);
      return readMachines(answer).map((machine) => inventoryNode(machine, powerAddresses));
    },
  };
}

interface BootInterface {
  readonly mac_address?: string | null;
  readonly links?: readonly { readonly ip_address?: string | null }[];
}

function inventoryNode(machine: MachineDocument, powerAddresses: PowerAddresses): InventoryNode {
  const boot: BootInterface | null = machine.boot_interface ?? null;
  return {
    hostname: machine.hostname,
    memory: machine.memory ?? 0,
    cpu_count: machine.cpu_count ?? 0,
    status_name: machine.status_name,
    boot_mac: boot?.mac_address ?? null,
    power_state: machine.power_state ?? 'unknown',
    power_address: powerAddresses.addressBySystemId.get(machine.system_id) ?? null,
    boot_ip: boot?.links?.[0]?.ip_address || null,
  };
}
