import ipaddr from 'ipaddr.js';

/**
 * The bare address in a power address of MAAS, which may be an address, `address:port` or a URL.
 * Two spellings of one address give the same text; a name stays as it is, in lower case.
 */
export function plainAddress(powerAddress: string): string {
  const afterScheme = powerAddress.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const host = (afterScheme.split(/[/?#]/)[0] ?? '').replace(/^.*@/, '');
  const bracketed = /^\[([^\]]+)\]/.exec(host)?.[1];
  const bare = bracketed ?? (host.split(':').length === 2 ? (host.split(':')[0] ?? '') : host);
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare.toLowerCase();
}
