import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { DrydockError } from '@drydock/model';
import { hostnameOf, isAddressAllowed, noAllowedAddress } from '../check-address.js';
import type { ReferencePolicy } from '../reference-policy.js';
import { beforeAbort } from './before-abort.js';
import { PassingFailure } from './passing-failure.js';

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
  { policy, lookUp, signal }: { policy: ReferencePolicy; lookUp: LookUpHost; signal: AbortSignal },
): Promise<readonly HostAddress[]> {
  const hostname = hostnameOf(url);
  const found = await beforeAbort(lookUp(hostname), signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unresolved(hostname, error);
  });
  const allowed = found.filter(({ address }) => isAddressAllowed(address, url, policy));
  if (allowed.length > 0) return allowed;
  throw noAllowedAddress(hostname);
}

/** A look-up for a connection that knows the answer already. */
export function fixedLookup(addresses: readonly HostAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    // Not at once: got begins its connect timeout at the socket's `lookup` event, and it does not listen yet.
    setImmediate(() => {
      const [first] = addresses;
      if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

/** A server of names that is busy may answer soon; a name that does not exist does not begin to. */
function unresolved(hostname: string, cause: unknown): DrydockError {
  const message = `the host name ${hostname} cannot be resolved; check it`;
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'EAI_AGAIN'
    ? new PassingFailure(message, { cause })
    : new DrydockError('design_unavailable', message, { cause });
}
