import { isIPv4 } from 'node:net';

/** True for 127.0.0.0/8, the only addresses that the simulator will ever listen on. */
export function isLoopback(address: string): boolean {
  return isIPv4(address) && address.startsWith('127.');
}

/** Throws when the address is outside 127.0.0.0/8. */
export function requireLoopback(address: string, what: string): void {
  if (!isLoopback(address)) {
    throw new Error(`${what} must be an IPv4 address in 127.0.0.0/8, got "${address}"; choose a loopback address`);
  }
}
