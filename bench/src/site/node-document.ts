import type { GeneratedDocument } from './generated-document.js';
import { rackProfileName } from './profile-documents.js';
import { addressOf, networkName, rackNetworks, type NodeLayout } from './site-layout.js';
import type { YamlValue } from './write-yaml.js';

type Body = Readonly<Record<string, YamlValue>>;

/** A machine: addresses, place, and now and then something that it does differently from its profile. */
export function nodeDocument(node: NodeLayout): GeneratedDocument {
  return {
    kind: 'BaremetalNode',
    name: node.name,
    body: {
      host_profile: rackProfileName(node.rack, node.role),
      addressing: rackNetworks.map((network) => ({
        network: networkName(node.rack, network),
        address: network === 'pxe' ? 'dhcp' : addressOf(node, network),
      })),
      metadata: {
        boot_mac: macAddress(node.number),
        owner_data: { asset: `A${String(node.number).padStart(6, '0')}`, unit: String(node.slot * 2) },
        ...(node.slot % 10 === 0 ? { tags: ['!workers', 'spare'] } : {}),
      },
      ...kernelOf(node),
      ...storageOf(node),
    },
  };
}

function kernelOf({ slot }: NodeLayout): Body {
  if (slot % 7 !== 0) return {};
  return { platform: { kernel: 'hwe-20.04', kernel_params: { '!iommu': '', mitigations: 'off', quiet: true } } };
}

function storageOf({ role, slot }: NodeLayout): Body {
  if (role !== 'compute' || slot % 9 !== 0) return {};
  return {
    storage: { physical_devices: { disk0: { partitions: [{ name: '!log' }, { name: 'root', size: '60g' }] } } },
  };
}

function macAddress(number: number): string {
  const digits = number.toString(16).padStart(6, '0');
  return `52:54:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`;
}
