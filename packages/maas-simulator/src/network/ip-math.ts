import ipaddr from 'ipaddr.js';

/** An address as a number within its family. */
export interface AddressNumber {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A network as the numbers of its first and last address. */
export interface Network {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
}

/** Undefined when the text is no address. */
export function parseAddress(text: string): AddressNumber | undefined {
  if (!ipaddr.isValid(text) || (!text.includes(':') && text.split('.').length !== 4)) return undefined;
  const parsed = ipaddr.parse(text);
  const value = parsed.toByteArray().reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  return { family: parsed.kind() === 'ipv4' ? 4 : 6, value };
}

/** The text form of an address. */
export function formatAddress(address: AddressNumber): string {
  const length = address.family === 4 ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((address.value >> BigInt(8 * (length - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

const parsedNetworks = new Map<string, Network | undefined>();

/** Undefined unless the text is a network with all host bits zero. */
export function parseNetwork(cidr: string): Network | undefined {
  if (!parsedNetworks.has(cidr)) {
    if (parsedNetworks.size > 10_000) parsedNetworks.clear();
    parsedNetworks.set(cidr, parseNetworkText(cidr));
  }
  return parsedNetworks.get(cidr);
}

function parseNetworkText(cidr: string): Network | undefined {
  const [text = '', prefixText = ''] = cidr.split('/');
  const address = parseAddress(text);
  const bits = address?.family === 4 ? 32 : 128;
  const prefix = Number(prefixText);
  if (address === undefined || !/^\d+$/.test(prefixText) || prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  if (address.value % size !== 0n) return undefined;
  return { family: address.family, first: address.value, last: address.value + size - 1n, prefix };
}

/** True when the address is one of the network's. */
export function networkHolds(network: Network, address: AddressNumber): boolean {
  return network.family === address.family && network.first <= address.value && address.value <= network.last;
}
