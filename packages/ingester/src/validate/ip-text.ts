import ipaddr from 'ipaddr.js';

export interface Cidr {
  readonly contains: (address: string) => boolean;
  /** The same network without host bits. */
  readonly network: string;
}

/** Null: not an IPv4 address in four decimal parts, nor an IPv6 address. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

/** Null: not an address, a slash and a prefix length. */
export function parseCidr(text: string): Cidr | null {
  const [address, prefix, ...more] = text.split('/');
  const base = parseAddress(address ?? '');
  if (base === null || prefix === undefined || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return null;
  const bits = Number(prefix);
  if (bits > base.toByteArray().length * 8) return null;
  return {
    contains: (other) => {
      const candidate = parseAddress(other);
      return candidate !== null && candidate.kind() === base.kind() && candidate.match(base, bits);
    },
    network: `${networkAddress(base, bits)}/${bits}`,
  };
}

function networkAddress(base: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const bytes = base
    .toByteArray()
    .map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
  return ipaddr.fromByteArray(bytes).toString();
}
