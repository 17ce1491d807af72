export interface Fabric {
  readonly id: number;
  name: string;
  description: string;
  classType: string | null;
}

export interface Vlan {
  readonly id: number;
  fabricId: number;
  name: string;
  description: string;
  vid: number;
  mtu: number;
  dhcpOn: boolean;
  primaryRack: string | null;
  secondaryRack: string | null;
  relayVlanId: number | null;
  space: string | null;
}

export interface Subnet {
  readonly id: number;
  name: string;
  description: string;
  vlanId: number;
  cidr: string;
  gatewayIp: string | null;
  dnsServers: string[];
  rdnsMode: number;
  activeDiscovery: boolean;
  allowDns: boolean;
  allowProxy: boolean;
  managed: boolean;
}

export interface IpRange {
  readonly id: number;
  type: 'reserved' | 'dynamic';
  startIp: string;
  endIp: string;
  subnetId: number;
  comment: string;
  user: string | null;
}

export interface StaticRoute {
  readonly id: number;
  sourceId: number;
  destinationId: number;
  gatewayIp: string;
  metric: number;
}

export interface Domain {
  readonly id: number;
  name: string;
  authoritative: boolean;
  ttl: number | null;
  isDefault: boolean;
}

export interface Tag {
  name: string;
  definition: string;
  comment: string;
  kernelOpts: string;
  /** System ids. */
  readonly members: Set<string>;
}

export interface PackageRepository {
  readonly id: number;
  name: string;
  url: string;
  distributions: string[];
  disabledPockets: string[];
  disabledComponents: string[];
  disableSources: boolean;
  components: string[];
  arches: string[];
  key: string;
  enabled: boolean;
  readonly isDefault: boolean;
}

export interface SshKey {
  readonly id: number;
  readonly user: string;
  readonly key: string;
}

export interface BootResource {
  readonly id: number;
  readonly name: string;
  readonly architecture: string;
}

export interface RackInterface {
  readonly id: number;
  readonly name: string;
  readonly macAddress: string;
  vlanId: number | null;
  links: { readonly id: number; readonly subnetId: number; readonly ipAddress: string }[];
}

export interface Rack {
  readonly systemId: string;
  readonly hostname: string;
  readonly services: Record<string, string>;
  readonly interfaces: RackInterface[];
}

/** Everything that is not a machine. */
export interface Site {
  readonly fabrics: Map<number, Fabric>;
  readonly vlans: Map<number, Vlan>;
  readonly subnets: Map<number, Subnet>;
  readonly ipRanges: Map<number, IpRange>;
  readonly staticRoutes: Map<number, StaticRoute>;
  readonly domains: Map<number, Domain>;
  readonly tags: Map<string, Tag>;
  readonly repositories: Map<number, PackageRepository>;
  readonly sshKeys: Map<number, SshKey>;
  bootResources: BootResource[];
  readonly racks: Map<string, Rack>;
  readonly settings: Map<string, unknown>;
  isImporting: boolean;
  /** Grows with every change; views are cached by it. */
  revision: number;
}
