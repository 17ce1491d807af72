import { allowedNetworks } from './rules/allowed-networks.js';
import { assetPath } from './rules/asset-path.js';
import { bootActionTargets } from './rules/boot-action-targets.js';
import { bootStorage } from './rules/boot-storage.js';
import { cidr } from './rules/cidr.js';
import { dhcpRange } from './rules/dhcp-range.js';
import { duplicateAddresses } from './rules/duplicate-addresses.js';
import { hostname } from './rules/hostname.js';
import { hugePages } from './rules/huge-pages.js';
import { interfaceSlaves } from './rules/interface-slaves.js';
import { ipLocality } from './rules/ip-locality.js';
import { mtu } from './rules/mtu.js';
import { networkAddresses } from './rules/network-addresses.js';
import { networkBond } from './rules/network-bond.js';
import { networkRanges } from './rules/network-ranges.js';
import { networkTrunking } from './rules/network-trunking.js';
import { oneAddress } from './rules/one-address.js';
import { oobIpmi } from './rules/oob-ipmi.js';
import { oobLibvirt } from './rules/oob-libvirt.js';
import { oobNetwork } from './rules/oob-network.js';
import { oobRedfish } from './rules/oob-redfish.js';
import { packageLists } from './rules/package-lists.js';
import { primaryNetwork } from './rules/primary-network.js';
import { rack } from './rules/rack.js';
import { staticAddress } from './rules/static-address.js';
import { storageMountpoint } from './rules/storage-mountpoint.js';
import { storagePartitioning } from './rules/storage-partitioning.js';
import { storageSizing } from './rules/storage-sizing.js';
import type { ValidationRule } from './validation-rule.js';

/**
 * Every rule, in the order in which clients of the original see them (reference 02 §6.2), then our own.
 * DD3001 (images and kernels) asks the provisioner and is no rule of a design alone.
 */
export const validationRules: readonly ValidationRule[] = [
  bootStorage,
  cidr,
  hugePages,
  ipLocality,
  mtu,
  networkTrunking,
  duplicateAddresses,
  networkBond,
  storagePartitioning,
  storageSizing,
  storageMountpoint,
  allowedNetworks,
  hostname,
  oobIpmi,
  oobLibvirt,
  bootActionTargets,
  packageLists,
  oobRedfish,
  oobNetwork,
  networkAddresses,
  networkRanges,
  staticAddress,
  dhcpRange,
  oneAddress,
  primaryNetwork,
  interfaceSlaves,
  rack,
  assetPath,
];
