import { parseSize, type CompiledDesign, type Network, type NetworkLink } from '@drydock/model';
import type { DesignIndex } from '../compile/design-index.js';
import { AddressIntervals } from './address-intervals.js';
import { parseAddress, parseCidr, type Cidr, type IpAddress } from './ip-text.js';

export interface RangeFacts {
  readonly type: string;
  /** Position in the network's document. */
  readonly index: number;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

export interface NetworkFacts {
  readonly network: Network;
  /** Null when it is none, of which `network.cidr` speaks. */
  readonly cidr: Cidr | null;
  /** The ranges whose two ends are addresses of one family, in the right order. */
  readonly ranges: readonly RangeFacts[];
  readonly staticAddresses: AddressIntervals;
  readonly dhcpAddresses: AddressIntervals;
}

export interface LinkFacts {
  readonly link: NetworkLink;
  readonly allowed: ReadonlySet<string>;
}

/** What several rules look up in a design: made when the first one asks, and then kept. */
export class DesignFacts {
  #networks: ReadonlyMap<string, NetworkFacts> | undefined;
  #links: ReadonlyMap<string, LinkFacts> | undefined;
  readonly #addresses = new Map<string, IpAddress | null>();
  readonly #sizes = new Map<string, ReturnType<typeof parseSize>>();

  constructor(
    readonly design: CompiledDesign,
    /** The documents as they were written, for what compiling leaves out. */
    readonly documents: DesignIndex,
  ) {}

  network(name: string): NetworkFacts | undefined {
    const { networks } = this.design.site;
    this.#networks ??= new Map(networks.map((network) => [network.name, factsOfNetwork(network)]));
    return this.#networks.get(name);
  }

  link(name: string): LinkFacts | undefined {
    const { networkLinks } = this.design.site;
    this.#links ??= new Map(networkLinks.map((link) => [link.name, { link, allowed: new Set(link.allowedNetworks) }]));
    return this.#links.get(name);
  }

  /** What names it points at nothing. One that is there and could not be read is not missing. */
  isMissing(kind: 'Network' | 'NetworkLink', name: string): boolean {
    const found = kind === 'Network' ? this.network(name) : this.link(name);
    return found === undefined && !this.documents.isUnread(kind, name);
  }

  /** A size expression; nodes of one profile have the same ones. No text is no size. */
  size(text: string | null): ReturnType<typeof parseSize> {
    const known = this.#sizes.get(text ?? '');
    if (known !== undefined) return known;
    const size = parseSize(text ?? '');
    this.#sizes.set(text ?? '', size);
    return size;
  }

  /** Null: no IP address. */
  address(text: string): IpAddress | null {
    const known = this.#addresses.get(text);
    if (known !== undefined) return known;
    const address = parseAddress(text);
    this.#addresses.set(text, address);
    return address;
  }
}

function factsOfNetwork(network: Network): NetworkFacts {
  const cidr = parseCidr(network.cidr);
  const ranges = network.ranges.flatMap((range, index): readonly RangeFacts[] => {
    const start = parseAddress(range.start ?? '');
    const end = parseAddress(range.end ?? '');
    if (start === null || end?.family !== start.family || end.value < start.value) return [];
    return [{ type: range.type, index, family: start.family, first: start.value, last: end.value }];
  });
  const ofType = (type: string): AddressIntervals =>
    new AddressIntervals(ranges.filter((range) => range.type === type && range.family === cidr?.family));
  return { network, cidr, ranges, staticAddresses: ofType('static'), dhcpAddresses: ofType('dhcp') };
}
