import { isIPv4, isIPv6 } from 'node:net';

/** Whether an address, as a socket prints it, stays on this machine: 127.0.0.0/8, ::1, and the former inside IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  if (isIPv4(plain)) return plain.startsWith('127.');
  return isIPv6(plain) && plain === '::1';
}

/** Whether a process may listen there without asking anybody who he is. */
export function isLoopbackHost(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopbackAddress(host);
}
