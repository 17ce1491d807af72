/**
 * The compiled site: what a design means after inheritance, references and defaults. Plain, frozen data.
 * Stored by parts: one row for the site, one per node (house §3.1.3). Source of every field: reference 02 §3–§4.
 */
export const compiledDesignFormat = 1;

export interface CompiledDesign {
  readonly format: typeof compiledDesignFormat;
  readonly site: CompiledSite;
  /** In design order; names are unique. */
  readonly nodes: readonly CompiledNode[];
}

export interface CompiledSite {
  readonly region: string | null;
  readonly tagDefinitions: readonly TagDefinition[];
  /** SSH public keys, one line each. */
  readonly authorizedKeys: readonly string[];
  readonly repositories: Repositories;
  readonly racks: readonly Rack[];
  readonly networkLinks: readonly NetworkLink[];
  readonly networks: readonly Network[];
  readonly bootActions: readonly BootAction[];
}

export interface TagDefinition {
  readonly tag: string;
  readonly definitionType: 'lshw_xpath';
  readonly definition: string;
}

export interface Repositories {
  /** Delete provisioner repositories that the design does not list, except the two default archives. */
  readonly removeUnlisted: boolean;
  readonly entries: readonly Repository[];
}

export interface Repository {
  readonly name: string;
  readonly type: 'apt' | 'rpm';
  readonly url: string;
  readonly arches: readonly string[];
  readonly distributions: readonly string[];
  readonly components: readonly string[];
  readonly subrepositories: readonly string[];
  readonly gpgKey: string | null;
  readonly options: Readonly<Record<string, string>>;
}

export interface Rack {
  readonly name: string;
  readonly torSwitches: Readonly<
    Record<string, { readonly managementIp: string | null; readonly sdnApiUri: string | null }>
  >;
  readonly location: Readonly<Record<string, string>>;
  readonly localNetworks: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export type BondingMode = 'disabled' | '802.3ad' | 'balance-rr' | 'active-backup';

export interface Bonding {
  readonly mode: BondingMode;
  /** Transmit hash policy; only for 802.3ad. */
  readonly hash: string | null;
  /** LACP rate, `fast` or `slow`; only for 802.3ad. */
  readonly peerRate: string | null;
  readonly monitorRateMilliseconds: number | null;
  readonly upDelayMilliseconds: number | null;
  readonly downDelayMilliseconds: number | null;
}

export interface NetworkLink {
  readonly name: string;
  readonly bonding: Bonding;
  readonly mtu: number;
  readonly linkSpeed: string;
  readonly trunking: 'disabled' | '802.1q';
  /** Name of the untagged network, if any. */
  readonly nativeNetwork: string | null;
  readonly allowedNetworks: readonly string[];
  /** The link carries the label `noconfig`: the provisioner leaves it and its networks alone. */
  readonly isUnconfigured: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface NetworkRange {
  readonly type: string;
  readonly start: string | null;
  readonly end: string | null;
}

export interface NetworkRoute {
  /** Null for the placeholder of a route domain. */
  readonly subnet: string | null;
  readonly gateway: string | null;
  readonly metric: number | null;
  readonly routeDomain: string | null;
}

export interface Network {
  readonly name: string;
  readonly cidr: string;
  /** 0 is untagged. */
  readonly vlanId: number;
  /** Null: the link's. */
  readonly mtu: number | null;
  readonly routeDomain: string | null;
  readonly ranges: readonly NetworkRange[];
  readonly routes: readonly NetworkRoute[];
  /** Gateway of the first route to 0.0.0.0/0 (or ::/0). */
  readonly defaultGateway: string | null;
  readonly dnsDomain: string;
  readonly dnsServers: readonly string[];
  readonly dhcpRelaySelfIp: string | null;
  readonly dhcpRelayUpstreamTarget: string | null;
  readonly isUnconfigured: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface DeviceAlias {
  readonly alias: string;
  readonly busType: string;
  readonly deviceType: string | null;
  /** Bus address, or `regexp:<pattern>` for NICs. */
  readonly address: string;
}

export interface OutOfBand {
  readonly type: string;
  readonly network: string | null;
  readonly account: string | null;
  /** Null in every stored snapshot: secrets are cut out into their own rows. */
  readonly credential: string | null;
  /** The node's address on the out-of-band network. */
  readonly address: string | null;
  /** `oob.port`; null: the driver's default. */
  readonly port: number | null;
  /** `oob.scheme`; null: the driver's default. */
  readonly scheme: 'http' | 'https' | null;
  /** Every other key of the stanza, for instance `libvirt_uri`. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Filesystem {
  readonly mountpoint: string | null;
  readonly type: string;
  readonly mountOptions: string;
  readonly uuid: string | null;
  readonly label: string | null;
}

export interface Partition {
  readonly name: string;
  /** A size expression, 02 §4.11. */
  readonly size: string | null;
  readonly uuid: string | null;
  readonly isBootable: boolean;
  readonly volumeGroup: string | null;
  readonly filesystem: Filesystem | null;
  readonly labels: Readonly<Record<string, string>>;
}

export interface StorageDevice {
  /** Device alias or OS device name. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly volumeGroup: string | null;
  readonly partitions: readonly Partition[];
}

export interface LogicalVolume {
  readonly name: string;
  readonly uuid: string | null;
  readonly size: string | null;
  readonly filesystem: Filesystem | null;
}

export interface VolumeGroup {
  readonly name: string;
  readonly uuid: string | null;
  readonly logicalVolumes: readonly LogicalVolume[];
}

export interface NodeInterface {
  readonly name: string;
  readonly networkLink: string | null;
  /** Device aliases or OS device names. */
  readonly slaves: readonly string[];
  readonly networks: readonly string[];
  readonly sriov: { readonly virtualFunctionCount: number; readonly isTrusted: boolean } | null;
}

export interface Addressing {
  readonly network: string;
  readonly type: 'dhcp' | 'static';
  /** Null for dhcp. */
  readonly address: string | null;
}

export interface CompiledNode {
  readonly name: string;
  /** `dns_domain` of the primary network, else `local`. */
  readonly domain: string;
  readonly hostProfile: string | null;
  readonly hardwareProfile: string | null;
  readonly primaryNetwork: string | null;
  readonly rack: string | null;
  readonly rackLabels: Readonly<Record<string, string>>;
  readonly bootMac: string | null;
  readonly oob: OutOfBand | null;
  readonly image: string | null;
  readonly kernel: string | null;
  /** In order, references resolved. */
  readonly kernelParameters: readonly (readonly [key: string, value: string])[];
  readonly tags: readonly string[];
  /** Also called labels: what filters match and Kubernetes gets. */
  readonly ownerData: Readonly<Record<string, string>>;
  readonly interfaces: readonly NodeInterface[];
  readonly storage: { readonly devices: readonly StorageDevice[]; readonly volumeGroups: readonly VolumeGroup[] };
  readonly addressing: readonly Addressing[];
  readonly deviceAliases: readonly DeviceAlias[];
  /** Names of the boot actions that target this node, in design order. */
  readonly bootActions: readonly string[];
}

export interface BootAction {
  readonly name: string;
  readonly isSignaling: boolean;
  readonly assets: readonly BootActionAsset[];
  readonly targetNodes: readonly string[];
}

export interface BootActionAsset {
  readonly type: 'unit' | 'file' | 'pkg_list';
  readonly path: string | null;
  readonly location: string | null;
  readonly locationPipeline: readonly string[];
  readonly data: string | null;
  /** Only for `pkg_list`: name to version, null for any. */
  readonly packages: Readonly<Record<string, string | null>> | null;
  readonly dataPipeline: readonly string[];
  /** Octal permission bits, null for 0600. */
  readonly permissions: number | null;
}
