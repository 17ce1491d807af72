/** @throws when the address is outside of 127.0.0.0/8 */
export function requireLoopback(host: string): void {
  if (/^127(\.\d{1,3}){3}$/.test(host)) return;
  throw new RangeError(`a test talks to 127.0.0.0/8 only, not to ${host}`);
}
