import type { CompiledNode, CompiledSite, Network, NetworkLink } from '@drydock/model';

/** A node of the tests: nothing but a name, a BMC and what the test says. */
export function compiledNode(given: Partial<CompiledNode> = {}): CompiledNode {
  return {
    name: 'n1',
    domain: 'example.com',
    hostProfile: null,
    hardwareProfile: null,
    primaryNetwork: null,
    rack: null,
    rackLabels: {},
    bootMac: '00:00:5e:00:53:01',
    oob: {
      type: 'redfish',
      network: 'oob',
      account: 'admin',
      credential: null,
      address: '127.16.0.1',
      port: 8443,
      scheme: 'http',
      parameters: {},
    },
    image: 'focal',
    kernel: 'hwe-20.04',
    kernelParameters: [],
    tags: [],
    ownerData: {},
    interfaces: [],
    storage: { devices: [], volumeGroups: [] },
    addressing: [],
    deviceAliases: [],
    bootActions: [],
    ...given,
  };
}

export function compiledSite(given: Partial<CompiledSite> = {}): CompiledSite {
  return {
    region: 'r1',
    tagDefinitions: [],
    authorizedKeys: [],
    repositories: { removeUnlisted: false, entries: [] },
    racks: [],
    networkLinks: [],
    networks: [],
    bootActions: [],
    ...given,
  };
}

export function networkLink(name: string, given: Partial<NetworkLink> = {}): NetworkLink {
  return {
    name,
    bonding: {
      mode: 'disabled',
      hash: null,
      peerRate: null,
      monitorRateMilliseconds: null,
      upDelayMilliseconds: null,
      downDelayMilliseconds: null,
    },
    mtu: 1500,
    linkSpeed: 'auto',
    trunking: 'disabled',
    nativeNetwork: null,
    allowedNetworks: [],
    isUnconfigured: false,
    labels: {},
    ...given,
  };
}

export function network(name: string, given: Partial<Network> = {}): Network {
  return {
    name,
    cidr: '127.20.0.0/24',
    vlanId: 0,
    mtu: null,
    routeDomain: null,
    ranges: [],
    routes: [],
    defaultGateway: null,
    dnsDomain: 'local',
    dnsServers: [],
    dhcpRelaySelfIp: null,
    dhcpRelayUpstreamTarget: null,
    isUnconfigured: false,
    labels: {},
    ...given,
  };
}
