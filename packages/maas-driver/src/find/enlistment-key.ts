import type { NodeIdentity } from '@drydock/model';
import { isKnownByBmcAddress } from './find-machine.js';
import { plainAddress } from './plain-address.js';

/** What the observer reads while no machine has these marks. */
export const notEnlisted = 'absent';

const bmcPrefix = 'bmc:';
const macPrefix = 'mac:';

/** The observer's key of a node that has not enlisted yet; null when nothing can be watched. */
export function enlistmentKey(node: NodeIdentity): string | null {
  if (isKnownByBmcAddress(node)) return `${bmcPrefix}${plainAddress(node.bmcAddress ?? '')}`;
  return node.bootMac === null ? null : `${macPrefix}${node.bootMac.toLowerCase()}`;
}

export type ObservedKey = { readonly kind: 'bmc' | 'mac' | 'machine'; readonly value: string };

export function parseObservedKey(key: string): ObservedKey {
  if (key.startsWith(bmcPrefix)) return { kind: 'bmc', value: key.slice(bmcPrefix.length) };
  if (key.startsWith(macPrefix)) return { kind: 'mac', value: key.slice(macPrefix.length) };
  return { kind: 'machine', value: key };
}
