import { initialSettings } from './initial-settings.js';
import type { BootResource, Site } from './site.js';

/** Images of a site: a release and its kernels. */
export interface Image {
  readonly release: string;
  readonly kernels: readonly string[];
}

/** The images that the simulator serves unless told otherwise. */
export const defaultImages: readonly Image[] = [
  { release: 'xenial', kernels: ['ga-16.04', 'hwe-16.04'] },
  { release: 'focal', kernels: ['ga-20.04', 'hwe-20.04'] },
  { release: 'jammy', kernels: ['ga-22.04', 'hwe-22.04'] },
];

/** One boot resource per release and kernel, numbered from 1. */
export function bootResourcesOf(images: readonly Image[]): BootResource[] {
  return images
    .flatMap((image) =>
      image.kernels.map((kernel) => ({ name: `ubuntu/${image.release}`, architecture: `amd64/${kernel}` })),
    )
    .map((resource, index) => ({ id: index + 1, ...resource }));
}

/** A MAAS right after its installation: one fabric, one VLAN, one domain, two repositories, three images. */
export function initialSite(): Site {
  const archive = {
    distributions: [],
    disabledPockets: [],
    disabledComponents: [],
    disableSources: true,
    components: [],
  };
  const main = { id: 1, name: 'main_archive', url: 'http://archive.ubuntu.com/ubuntu', arches: ['amd64', 'i386'] };
  const ports = {
    id: 2,
    name: 'ports_archive',
    url: 'http://ports.ubuntu.com/ubuntu-ports',
    arches: ['armhf', 'arm64', 'ppc64el', 's390x'],
  };
  return {
    fabrics: new Map([[0, { id: 0, name: 'fabric-0', description: '', classType: null }]]),
    vlans: new Map([[5001, untaggedVlan(5001, 0)]]),
    subnets: new Map(),
    ipRanges: new Map(),
    staticRoutes: new Map(),
    domains: new Map([[0, { id: 0, name: 'maas', authoritative: true, ttl: null, isDefault: true }]]),
    tags: new Map(),
    repositories: new Map(
      [main, ports].map((row) => [row.id, { ...archive, ...row, key: '', enabled: true, isDefault: true }]),
    ),
    sshKeys: new Map(),
    bootResources: bootResourcesOf(defaultImages),
    racks: new Map(),
    settings: new Map(Object.entries(initialSettings)),
    isImporting: false,
    revision: 0,
  };
}

/** The VLAN that every fabric begins with. */
export function untaggedVlan(id: number, fabricId: number) {
  return {
    id,
    fabricId,
    name: 'untagged',
    description: '',
    vid: 0,
    mtu: 1500,
    dhcpOn: false,
    primaryRack: null,
    secondaryRack: null,
    relayVlanId: null,
    space: null,
  };
}
