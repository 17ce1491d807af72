/** A small valid site: node n1 in rack r1 with the tag `test`, n2 in r2 without. */
export const sampleSite = `---
apiVersion: drydock/v1
kind: Region
metadata: { name: region }
spec: {}
---
apiVersion: drydock/v1
kind: Rack
metadata: { name: r1 }
spec: { tor_switches: {}, location: { clli: TEST }, local_networks: [pxe] }
---
apiVersion: drydock/v1
kind: Rack
metadata: { name: r2 }
spec: { tor_switches: {}, location: { clli: TEST }, local_networks: [pxe] }
---
apiVersion: drydock/v1
kind: NetworkLink
metadata: { name: pxe }
spec: { trunking: { mode: disabled, default_network: pxe }, allowed_networks: [pxe] }
---
apiVersion: drydock/v1
kind: Network
metadata: { name: pxe }
spec: { cidr: 10.0.0.0/16 }
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
  oob: { type: manual }
  interfaces:
    pxe: { device_link: pxe, slaves: [nic1], networks: [pxe] }
  storage:
    physical_devices:
      sda:
        labels: { bootdrive: 'true' }
        partitions:
          - { name: root, size: 20g, bootable: true, filesystem: { mountpoint: / } }
  platform: { image: focal, kernel: ga-20.04 }
---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: n2 }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.1.2 }]
  metadata: { rack: r2, owner_data: { zone: b } }
---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: n1 }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.1.1 }]
  metadata: { rack: r1, tags: [test], owner_data: { zone: a } }
`;

/** The same site with many more nodes: enough to keep a thread busy for a while. */
export function largeSite(nodes: number): string {
  const more = Array.from(
    { length: nodes },
    (_, index) => `---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: more${index} }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.${2 + Math.floor(index / 250)}.${1 + (index % 250)} }]
`,
  );
  return sampleSite + more.join('');
}
