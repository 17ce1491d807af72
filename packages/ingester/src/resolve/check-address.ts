import ipaddr from 'ipaddr.js';
import { DrydockError } from '@drydock/model';
import { isListedHost } from './listed-host.js';
import type { ReferencePolicy } from './reference-policy.js';

type Address = ReturnType<typeof ipaddr.process>;

/** Addresses at which clouds hand out credentials; refused even where their range is allowed. */
const metadataAddresses: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  'fd00:ec2::254',
]);

const privateRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/** Throws `design_reference_refused` unless the policy lists the host, or lists none. */
export function checkHost(url: URL, policy: ReferencePolicy): void {
  if (policy.allowedHosts.length === 0 || isListedHost(url, policy.allowedHosts)) return;
  throw new DrydockError(
    'design_reference_refused',
    `designs may not be fetched from ${url.host}; use an allowed host, or add it to the configuration`,
  );
}

/** Throws `design_reference_refused` when the host is an address that may not be asked; a name is looked up later. */
export function checkLiteralAddress(url: URL, policy: ReferencePolicy): void {
  const hostname = hostnameOf(url);
  if (ipaddr.isValid(hostname) && !isAddressAllowed(hostname, url, policy)) throw noAllowedAddress(hostname);
}

/** Whether a host that has this address may be asked. Anything but a public unicast address needs a reason. */
export function isAddressAllowed(address: string, url: URL, policy: ReferencePolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const isMetadata = metadataAddresses.has(parsed.toString());
  if (policy.allowedAddresses.some((range) => isWithin(parsed, range, isMetadata))) return true;
  if (isMetadata) return false;
  const range = parsed.range();
  if (range === 'loopback') return policy.allowLoopback;
  if (privateRanges.has(range)) return isListedHost(url, policy.allowedHosts);
  return range === 'unicast';
}

/** @throws DrydockError `invalid_configuration` for a range that is none */
export function checkAllowedAddresses(policy: ReferencePolicy): void {
  policy.allowedAddresses.forEach(parseRange);
}

/** Without the brackets of an IPv6 address. */
export function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function noAllowedAddress(hostname: string): DrydockError {
  return new DrydockError(
    'design_reference_refused',
    `${hostname} has no address that designs may be fetched from (loopback, link-local, private and metadata ` +
      'addresses are refused unless the configuration allows them)',
  );
}

function isWithin(address: Address, range: string, onlyAlone: boolean): boolean {
  const [network, bits] = parseRange(range);
  if (network.kind() !== address.kind()) return false;
  if (onlyAlone && bits !== network.toByteArray().length * 8) return false;
  return address.match(network, bits);
}

function parseRange(range: string): readonly [Address, number] {
  if (ipaddr.isValid(range)) {
    const address = ipaddr.process(range);
    return [address, address.toByteArray().length * 8];
  }
  if (ipaddr.isValidCIDR(range)) return ipaddr.parseCIDR(range);
  throw new DrydockError(
    'invalid_configuration',
    `${range} is neither an address nor a range like 10.0.0.0/8; correct the addresses that designs may come from`,
  );
}
