import ipaddr from 'ipaddr.js';

export interface IpAddress {
  readonly family: 4 | 6;
  /** The address as a number, so that addresses of one family compare. */
  readonly value: bigint;
}

export interface Cidr {
  readonly family: 4 | 6;
  /** First and last address of the network. */
  readonly first: bigint;
  readonly last: bigint;
  /** The address before the slash is not the first one. */
  readonly hasHostBits: boolean;
  /** Without host bits, in canonical form. */
  readonly text: string;
}

/** Null: not an IPv4 address in four decimal parts, nor an IPv6 address. */
export function parseAddress(text: string): IpAddress | null {
  const four = readFourParts(text);
  if (four !== null) return { family: 4, value: BigInt(four) };
  // An address with a zone means something on one machine only.
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const bytes = ipaddr.IPv6.parse(text).toByteArray();
  return { family: 6, value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
}

/** By hand: a large site has as many addresses as it takes to notice. Leading zeros, which some read as octal, are refused. */
function readFourParts(text: string): number | null {
  let value = 0;
  let dots = 0;
  let part: number | null = null;
  for (const character of text) {
    if (character === '.') {
      if (part === null) return null;
      value = value * 256 + part;
      part = null;
      dots += 1;
    } else {
      if (character < '0' || character > '9' || part === 0) return null;
      part = (part ?? 0) * 10 + Number(character);
      if (part > 255) return null;
    }
  }
  return dots === 3 && part !== null ? value * 256 + part : null;
}

/** Null: not an address, a slash and a prefix length or, for IPv4, a netmask. */
export function parseCidr(text: string): Cidr | null {
  const [base, prefix, ...more] = text.split('/');
  const address = parseAddress(base ?? '');
  if (address === null || prefix === undefined || more.length > 0) return null;
  const { family, value } = address;
  const bits = bitsOf(address);
  const length = family === 4 && prefix.includes('.') ? lengthOfNetmask(prefix) : readLength(prefix);
  if (length === null || length > bits) return null;
  const hostBits = bits - length;
  const hosts = (1n << BigInt(hostBits)) - 1n;
  const first = value & ~hosts;
  return {
    family,
    first,
    last: first | hosts,
    hasHostBits: first !== value,
    text: `${printAddress({ family, value: first })}/${length}`,
  };
}

/**
 * A netmask after the slash as a prefix length, and a plain address as the network of it alone, which is what Python
 * reads; whatever else stands there as it is.
 */
export function withPrefixLength(text: string): string {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 ? parseAddress(text) : null;
  if (address !== null) return `${text}/${bitsOf(address)}`;
  const length = text.includes('.', slash + 1) && slash > 0 ? lengthOfNetmask(text.slice(slash + 1)) : null;
  return length === null ? text : `${text.slice(0, slash)}/${length}`;
}

function bitsOf({ family }: IpAddress): number {
  return family === 4 ? 32 : 128;
}

function readLength(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}

/** Of a netmask or, as Python reads it too, its inverse. Null: not a row of ones and then of zeros, nor of zeros and then of ones. */
function lengthOfNetmask(text: string): number | null {
  const mask = readFourParts(text);
  if (mask === null) return null;
  const hostBits = [2 ** 32 - mask, mask + 1].map(Math.log2).find(Number.isInteger);
  return hostBits === undefined ? null : 32 - hostBits;
}

export function contains(cidr: Cidr, { family, value }: IpAddress): boolean {
  return cidr.family === family && cidr.first <= value && value <= cidr.last;
}

function printAddress({ family, value }: IpAddress): string {
  const length = family === 4 ? 4 : 16;
  const byteAt = (index: number): number => Number((value >> BigInt((length - 1 - index) * 8)) & 0xffn);
  return ipaddr.fromByteArray(Array.from({ length }, (_, index) => byteAt(index))).toString();
}
