/** A machine's network as far as the design speaks of it. Ids are MAAS's. */
export interface FoundLink {
  readonly id: number;
  readonly mode: string;
  readonly subnetId: number | null;
  readonly address: string | null;
}

export interface BondParameters {
  readonly mode: string;
  readonly hash: string | null;
  readonly lacpRate: string | null;
  readonly monitorMilliseconds: number | null;
  readonly upDelayMilliseconds: number | null;
  readonly downDelayMilliseconds: number | null;
}

export interface FoundInterface {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Null when it is connected to nothing. */
  readonly vlanId: number | null;
  readonly mtu: number;
  readonly parents: readonly string[];
  readonly links: readonly FoundLink[];
  readonly bond: BondParameters | null;
}

export interface FoundNetwork {
  readonly interfaces: readonly FoundInterface[];
  /** The links that carry the machine's default gateways. */
  readonly gatewayLinkIds: readonly number[];
}

export type LinkMode = 'static' | 'dhcp' | 'link_up';

export interface WantedLink {
  readonly networkName: string;
  readonly mode: LinkMode;
  readonly subnetId: number;
  /** Only for static. */
  readonly address: string | null;
  readonly isDefaultGateway: boolean;
}

export interface WantedVlan {
  readonly vlanId: number;
  readonly vid: number;
  readonly mtu: number;
  readonly links: readonly WantedLink[];
}

/** One NIC or bond with the tagged VLANs on it. */
export interface WantedPort {
  readonly name: string;
  readonly bond: (BondParameters & { readonly parents: readonly string[] }) | null;
  /** The untagged VLAN. */
  readonly vlanId: number;
  readonly mtu: number;
  readonly links: readonly WantedLink[];
  readonly vlans: readonly WantedVlan[];
}

export type NetworkChange =
  /** Back to what commissioning found; the rest is planned anew after it. */
  | { readonly kind: 'restore_networking'; readonly reason: string }
  | { readonly kind: 'update_interface'; readonly name: string; readonly vlanId: number; readonly mtu: number }
  | { readonly kind: 'update_bond'; readonly name: string; readonly bond: BondParameters }
  | {
      readonly kind: 'create_bond';
      readonly name: string;
      readonly parents: readonly string[];
      readonly bond: BondParameters;
      readonly vlanId: number;
      readonly mtu: number;
    }
  | {
      readonly kind: 'create_vlan';
      readonly parent: string;
      readonly vlanId: number;
      readonly vid: number;
      readonly mtu: number;
    }
  | { readonly kind: 'unlink_subnet'; readonly name: string; readonly linkId: number }
  | { readonly kind: 'link_subnet'; readonly name: string; readonly link: WantedLink };

/** MAAS names a VLAN interface so. */
export function vlanInterfaceName(parent: string, vid: number): string {
  return `${parent}.${vid}`;
}
