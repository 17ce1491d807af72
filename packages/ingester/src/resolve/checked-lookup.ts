import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { DrydockError } from '@drydock/model';
import { isAddressAllowed } from './check-address.js';
import type { ReferencePolicy } from './reference-policy.js';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

export type LookUpHost = (hostname: string) => Promise<readonly HostAddress[]>;

export const lookUpHost: LookUpHost = (hostname) => lookup(hostname, { all: true });

/**
 * Resolves a host once and checks what came; throws `design_reference_refused` when no address is allowed. The
 * connection must use the addresses that are returned: a second look-up could give others (DNS rebinding).
 */
export async function checkedAddresses(
  url: URL,
  policy: ReferencePolicy,
  lookUp: LookUpHost,
): Promise<readonly HostAddress[]> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = await lookUp(hostname).catch((error: unknown) => {
    throw new DrydockError('design_unavailable', `the host name ${hostname} cannot be resolved; check it`, {
      cause: error,
    });
  });
  const allowed = found.filter(({ address }) => isAddressAllowed(address, url, policy));
  if (allowed.length > 0) return allowed;
  throw new DrydockError(
    'design_reference_refused',
    `${hostname} has no address that designs may be fetched from (loopback, link-local, private and metadata ` +
      'addresses are refused unless the configuration allows them)',
  );
}

/** A look-up for a connection that knows the answer already. */
export function fixedLookup(addresses: readonly HostAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
