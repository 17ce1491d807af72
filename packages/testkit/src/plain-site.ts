/** A node of a plain site. */
export interface PlainNode {
  readonly name: string;
  /** In the network pxe, 10.0.0.0/16. */
  readonly address: string;
  /** A YAML mapping, e.g. `{ rack: r1, tags: [test] }`. */
  readonly metadata: string;
}

export interface PlainSite {
  readonly racks: readonly string[];
  /** How BMCs are reached, a YAML mapping, e.g. `{ type: manual }`. */
  readonly oob: string;
  readonly nodes: readonly PlainNode[];
}

/** The YAML of a small valid site in the native format: one network, one disk, and nothing special about its nodes. */
export function plainSite({ racks, oob, nodes }: PlainSite): string {
  return [region, ...racks.map(rackDocument), hardwareDocuments(oob), ...nodes.map(nodeDocument)].join('');
}

const region = `---
apiVersion: drydock/v1
kind: Region
metadata: { name: region }
spec: {}
`;

function rackDocument(name: string): string {
  return `---
apiVersion: drydock/v1
kind: Rack
metadata: { name: ${name} }
spec:
  tor_switches: {}
  location: { clli: TEST }
  local_networks: [pxe]
`;
}

function hardwareDocuments(oob: string): string {
  return `---
apiVersion: drydock/v1
kind: NetworkLink
metadata: { name: pxe }
spec:
  trunking: { mode: disabled, default_network: pxe }
  allowed_networks: [pxe]
---
apiVersion: drydock/v1
kind: Network
metadata: { name: pxe }
spec:
  cidr: 10.0.0.0/16
---
apiVersion: drydock/v1
kind: HardwareProfile
metadata: { name: plain }
spec:
  vendor: Example
  device_aliases:
    nic1: { address: '0000:00:03.0', bus_type: pci, dev_type: NIC }
---
apiVersion: drydock/v1
kind: HostProfile
metadata: { name: plain }
spec:
  hardware_profile: plain
  primary_network: pxe
  oob: ${oob}
  interfaces:
    pxe: { device_link: pxe, slaves: [nic1], networks: [pxe] }
  storage:
    physical_devices:
      sda:
        labels: { bootdrive: 'true' }
        partitions:
          - { name: root, size: 20g, bootable: true, filesystem: { mountpoint: / } }
  platform: { image: focal, kernel: ga-20.04 }
`;
}

function nodeDocument({ name, address, metadata }: PlainNode): string {
  return `---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: ${name} }
spec:
  host_profile: plain
  addressing:
    - { network: pxe, address: ${address} }
  metadata: ${metadata}
`;
}
