import type {
  Network,
  NetworkLink,
  OutOfBand,
  Repositories,
  StorageDevice,
  VolumeGroup,
} from '../design/compiled-design.js';

/** How a driver finds the machine of a node (reference 04 §5). */
export interface NodeIdentity {
  readonly name: string;
  /** `dns_domain` of the primary network, else `local`. */
  readonly domain: string;
  readonly oobType: string | null;
  /** For ipmi and redfish: the node's address on its out-of-band network. */
  readonly bmcAddress: string | null;
  /** For every other type. */
  readonly bootMac: string | null;
}

export interface NodeInput {
  readonly node: NodeIdentity;
  /** With its credential, opened for this call only; null when the node has no out-of-band stanza. */
  readonly oob: OutOfBand | null;
}

export interface OobInput {
  readonly nodeName: string;
  readonly oob: OutOfBand;
  readonly bootMac: string | null;
}

export interface CreateNetworkTemplateInput {
  readonly links: readonly NetworkLink[];
  readonly networks: readonly Network[];
}

export interface UserCredentialsInput {
  readonly authorizedKeys: readonly string[];
}

export interface RepositoriesInput {
  readonly repositories: Repositories;
}

export interface WantedNetwork {
  readonly network: Network;
  /** Untagged on this link. */
  readonly isNative: boolean;
  /** Carries the node's default gateway. */
  readonly isPrimary: boolean;
  /** Null: the link is brought up without an address. */
  readonly addressing: { readonly type: 'dhcp' } | { readonly type: 'static'; readonly address: string } | null;
}

export interface WantedInterface {
  readonly name: string;
  readonly link: NetworkLink;
  /** OS device names; aliases are resolved. */
  readonly slaves: readonly string[];
  readonly networks: readonly WantedNetwork[];
}

export interface NetworkingInput extends NodeInput {
  /** Without interfaces on links that the design leaves unconfigured. */
  readonly interfaces: readonly WantedInterface[];
}

export interface StorageInput extends NodeInput {
  /** `name` is the OS device name; aliases are resolved. */
  readonly devices: readonly StorageDevice[];
  readonly volumeGroups: readonly VolumeGroup[];
}

export interface PlatformInput extends NodeInput {
  /** The rendered kernel command line (reference 04 §7.2); empty for none. */
  readonly kernelParameters: string;
  readonly tags: readonly string[];
}

export interface DeployNodeInput extends NodeInput {
  readonly image: string | null;
  readonly kernel: string | null;
  readonly ownerData: Readonly<Record<string, string>>;
  /** Hex identity key of the boot-action context; null without boot actions. */
  readonly bootActionKey: string | null;
  /** Package name to version, null for any. */
  readonly packages: Readonly<Record<string, string | null>>;
}

export interface RelabelInput {
  readonly nodeName: string;
  readonly labels: Readonly<Record<string, string>>;
}
