/** A design of nodes with nothing special about them, for the scripted driver. */
export function scriptedDesign(nodeNames: readonly string[]): string {
  return [siteDocuments, ...nodeNames.map(nodeDocument)].join('');
}

const siteDocuments = `---
apiVersion: drydock/v1
kind: Region
metadata: { name: region }
spec: {}
---
apiVersion: drydock/v1
kind: Rack
metadata: { name: rack-1 }
spec:
  tor_switches: {}
  location: { clli: TEST }
  local_networks: [pxe]
---
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
  oob: { type: scripted }
  interfaces:
    pxe: { device_link: pxe, slaves: [nic1], networks: [pxe] }
  storage:
    physical_devices:
      sda:
        labels: { bootdrive: 'true' }
        partitions:
          - { name: root, size: 20g, bootable: true, filesystem: { mountpoint: / } }
  platform: { image: focal, kernel: ga-20.04 }
  metadata: { rack: rack-1 }
`;

function nodeDocument(name: string, index: number): string {
  return `---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: ${name} }
spec:
  host_profile: plain
  addressing:
    - { network: pxe, address: 10.0.1.${index + 1} }
`;
}
