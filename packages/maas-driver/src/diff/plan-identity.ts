import type { NodeInput } from '@drydock/model';
import { plainAddress } from '../find/plain-address.js';

/** Name and power settings of a machine, as far as they are compared. */
export interface MachineIdentity {
  readonly hostname: string;
  readonly domain: string | null;
  readonly powerType: string;
  /** Null: not read, because nothing is wanted of them. */
  readonly powerParameters: Readonly<Record<string, string>> | null;
}

export interface PowerWish {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const virshType = 'virsh';
const typesWithAccount = new Set(['ipmi', 'redfish']);

/** The power settings that the design dictates; null leaves MAAS's own (reference 04 §6.6). */
export function powerWish(input: NodeInput, useNodeOobParameters: boolean): PowerWish | null {
  const { oob, node } = input;
  if (oob === null) return null;
  const uri = oob.parameters['libvirt_uri'];
  if (oob.type === 'libvirt' && uri !== undefined) {
    return { type: virshType, parameters: { power_address: uri, power_id: node.name } };
  }
  if (!useNodeOobParameters || !typesWithAccount.has(oob.type) || node.bmcAddress === null) return null;
  const parameters = {
    power_address: node.bmcAddress,
    ...(oob.account === null ? {} : { power_user: oob.account }),
    ...(oob.credential === null ? {} : { power_pass: oob.credential }),
  };
  return { type: oob.type, parameters };
}

/** @returns the fields to send, named as in the form; empty when the machine is as wanted */
export function planIdentity(
  found: MachineIdentity,
  wanted: { readonly hostname: string; readonly domain: string; readonly power: PowerWish | null },
): Readonly<Record<string, string>> {
  return {
    ...(found.hostname === wanted.hostname ? {} : { hostname: wanted.hostname }),
    ...(found.domain === wanted.domain ? {} : { domain: wanted.domain }),
    ...planPower(found, wanted.power),
  };
}

function planPower(found: MachineIdentity, wish: PowerWish | null): Readonly<Record<string, string>> {
  if (wish === null) return {};
  const differing = Object.entries(wish.parameters).filter(
    ([name, value]) => !isSameParameter(name, value, found.powerParameters?.[name]),
  );
  if (differing.length === 0 && found.powerType === wish.type) return {};
  const all = Object.entries(wish.parameters).map(([name, value]) => [`power_parameters_${name}`, value] as const);
  return { power_type: wish.type, ...Object.fromEntries(all) };
}

/** MAAS may hold an address with a scheme or port that enlistment found. */
function isSameParameter(name: string, wanted: string, found: string | undefined): boolean {
  if (found === undefined) return false;
  if (name !== 'power_address' || wanted.includes('://')) return wanted === found;
  return plainAddress(wanted) === plainAddress(found);
}
