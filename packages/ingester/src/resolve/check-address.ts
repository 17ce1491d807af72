import ipaddr from 'ipaddr.js';
import { DrydockError } from '@drydock/model';
import type { ReferencePolicy } from './reference-policy.js';

/** Addresses at which clouds hand out credentials; refused even where their range is allowed. */
const metadataAddresses: ReadonlySet<string> = new Set(['169.254.169.254', '100.100.100.200', 'fd00:ec2::254']);

const privateRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/** Throws `design_reference_refused` unless the policy lists the host, or lists none. */
export function checkHost(url: URL, policy: ReferencePolicy): void {
  if (policy.allowedHosts.length === 0 || isListed(url, policy)) return;
  throw new DrydockError(
    'design_reference_refused',
    `designs may not be fetched from ${url.host}; use an allowed host, or add it to the configuration`,
  );
}

/** Whether a host that has this address may be asked. Anything but a public unicast address needs a reason. */
export function isAddressAllowed(address: string, url: URL, policy: ReferencePolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (metadataAddresses.has(parsed.toString())) return false;
  const range = parsed.range();
  if (range === 'loopback') return policy.allowLoopback;
  if (privateRanges.has(range)) return isListed(url, policy);
  return range === 'unicast';
}

function isListed(url: URL, { allowedHosts }: ReferencePolicy): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const names = new Set([url.hostname, `${url.hostname}:${port}`]);
  return allowedHosts.some((host) => names.has(host.toLowerCase()));
}
