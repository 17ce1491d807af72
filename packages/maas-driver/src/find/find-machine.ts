import type { NodeIdentity } from '@drydock/model';
import { isMaasError, MaasError, noFacts } from '../http/maas-error.js';
import type { MachineDocument } from '../resources/machine-document.js';
import { readMachine, readMachines } from '../resources/machine-document.js';
import type { RackDocument } from '../resources/site-documents.js';
import type { Region } from '../region.js';
import { plainAddress } from './plain-address.js';

/** What a node is in MAAS (reference 04 §5). */
export type Found =
  | { readonly kind: 'machine'; readonly machine: MachineDocument }
  | { readonly kind: 'rack'; readonly hostname: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly reason: string };

/** Types whose machines are known by the address of their BMC. */
const typesWithBmcAddress = new Set(['ipmi', 'redfish']);

/**
 * Looks by host name, then by BMC address or boot MAC, then among the rack controllers.
 * Never answers `none` for an error. @throws MaasError
 */
export async function findMachine(region: Region, node: NodeIdentity, signal: AbortSignal): Promise<Found> {
  const named = await machinesWhere(region, { hostname: node.name }, signal);
  if (named.length > 0) return pick(named, node);
  const byHardware = await findByHardware(region, node, signal);
  if (byHardware.length > 0) return pick(byHardware, node);
  const rack = await findRack(region, node, signal);
  return rack === undefined ? { kind: 'none' } : { kind: 'rack', hostname: rack.hostname };
}

async function findByHardware(
  region: Region,
  node: NodeIdentity,
  signal: AbortSignal,
): Promise<readonly MachineDocument[]> {
  if (isKnownByBmcAddress(node)) return await findByBmcAddress(region, node, signal);
  if (node.bootMac === null) return [];
  return await machinesWhere(region, { mac_address: node.bootMac.toLowerCase() }, signal);
}

export function isKnownByBmcAddress(node: NodeIdentity): boolean {
  return node.bmcAddress !== null && typesWithBmcAddress.has(node.oobType ?? '');
}

/**
 * The shared read may name a machine that was deleted since: then it is read anew before anything is concluded.
 * @throws MaasError `unavailable` when MAAS lists a machine that it does not know
 */
async function findByBmcAddress(
  region: Region,
  node: NodeIdentity,
  signal: AbortSignal,
): Promise<readonly MachineDocument[]> {
  const known = await machinesAtBmc(region, node, signal);
  if (known.missing.length === 0) return known.machines;
  region.powerAddresses.forget();
  const { machines, missing } = await machinesAtBmc(region, node, signal);
  if (missing.length === 0) return machines;
  const message = `MAAS at ${region.client.baseUrl} lists ${missing.join(', ')} at the BMC address ${node.bmcAddress} of node ${node.name} and does not know the machine; it is asked again`;
  throw new MaasError('unavailable', message, noFacts);
}

async function machinesAtBmc(region: Region, node: NodeIdentity, signal: AbortSignal) {
  const known = await region.powerAddresses.get(signal);
  const systemIds = known.systemIdsByAddress.get(plainAddress(node.bmcAddress ?? '')) ?? [];
  const machines = await machinesByIds(region, systemIds, signal);
  const found = new Set(machines.map((machine) => machine.system_id));
  return { machines, missing: systemIds.filter((systemId) => !found.has(systemId)) };
}

async function machinesByIds(
  region: Region,
  systemIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly MachineDocument[]> {
  const [only] = systemIds;
  if (only === undefined) return [];
  if (systemIds.length > 1) return await machinesWhere(region, { id: systemIds }, signal);
  try {
    return [readMachine(await region.client.read({ path: `machines/${only}/` }, signal))];
  } catch (error) {
    if (!isMaasError(error, 'not_found')) throw error;
    return [];
  }
}

async function machinesWhere(
  region: Region,
  query: Readonly<Record<string, string | readonly string[]>>,
  signal: AbortSignal,
): Promise<readonly MachineDocument[]> {
  return readMachines(await region.client.read({ path: 'machines/', query }, signal));
}

function pick(machines: readonly MachineDocument[], node: NodeIdentity): Found {
  const inDomain = machines.filter((machine) => machine.domain?.name === node.domain);
  const candidates = machines.length > 1 && inDomain.length === 1 ? inDomain : machines;
  const [machine] = candidates;
  if (machine !== undefined && candidates.length === 1) return { kind: 'machine', machine };
  const names = candidates.map((candidate) => `${candidate.system_id} (${candidate.hostname})`).join(', ');
  return {
    kind: 'ambiguous',
    reason: `${candidates.length} machines in MAAS match node ${node.name}: ${names}; delete or rename all but one of them in MAAS`,
  };
}

async function findRack(region: Region, node: NodeIdentity, signal: AbortSignal): Promise<RackDocument | undefined> {
  const racks = await region.racks.get(signal);
  const named = racks.find((rack) => rack.hostname === node.name);
  if (named !== undefined || racks.length === 0) return named;
  if (isKnownByBmcAddress(node)) {
    const known = await region.rackPowerAddresses.get(signal);
    const [systemId] = known.systemIdsByAddress.get(plainAddress(node.bmcAddress ?? '')) ?? [];
    return racks.find((rack) => rack.system_id === systemId);
  }
  const mac = node.bootMac?.toLowerCase();
  return racks.find((rack) => rack.interface_set?.some((nic) => nic.mac_address?.toLowerCase() === mac));
}
