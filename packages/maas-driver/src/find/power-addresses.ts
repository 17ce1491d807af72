import type { MaasClient } from '../http/maas-client.js';
import { MaasError, noFacts } from '../http/maas-error.js';
import { plainAddress } from './plain-address.js';

/** Which machines have which BMC address. Nothing else of the power parameters is kept: they hold passwords. */
export interface PowerAddresses {
  readonly systemIdsByAddress: ReadonlyMap<string, readonly string[]>;
  readonly addressBySystemId: ReadonlyMap<string, string>;
}

/** One request for the whole site; callers share it (reference 04 §5). */
export async function readPowerAddresses(
  client: MaasClient,
  collection: 'machines' | 'rackcontrollers',
  signal: AbortSignal,
): Promise<PowerAddresses> {
  const answer = await client.read(
    { path: `${collection}/`, query: { op: 'power_parameters' }, limit: 'listSeconds', lane: 'poll' },
    signal,
  );
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    const message = `MAAS at ${client.baseUrl} answered ${collection}/?op=power_parameters with something else than an object; check what stands between us and MAAS`;
    throw new MaasError('protocol', message, noFacts);
  }
  const addressBySystemId = new Map<string, string>();
  const systemIdsByAddress = new Map<string, string[]>();
  for (const [systemId, parameters] of Object.entries(answer as Record<string, unknown>)) {
    const address = powerAddressOf(parameters);
    if (address === null) continue;
    addressBySystemId.set(systemId, address);
    const plain = plainAddress(address);
    systemIdsByAddress.set(plain, [...(systemIdsByAddress.get(plain) ?? []), systemId]);
  }
  return { systemIdsByAddress, addressBySystemId };
}

function powerAddressOf(parameters: unknown): string | null {
  if (typeof parameters !== 'object' || parameters === null) return null;
  const address = (parameters as Record<string, unknown>)['power_address'];
  return typeof address === 'string' && address !== '' ? address : null;
}
