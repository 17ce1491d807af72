/** A small valid site in the native format. */
export const sampleDesign = `---
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
  oob: { type: manual, account: admin, credential: hunter2 }
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
metadata: { name: n1 }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.1.1 }]
  metadata: { rack: r1 }
---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: n2 }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.1.2 }]
  metadata: { rack: r1 }
`;

/** The sample with one thing put otherwise; what is replaced must be there. */
export function changedSample(found: string, put: string): string {
  if (!sampleDesign.includes(found)) throw new Error(`the sample does not hold ${found}`);
  return sampleDesign.replace(found, put);
}

/** Line, from 1, of the first occurrence of a text. */
export function lineOf(text: string, found: string): number {
  return text.slice(0, text.indexOf(found)).split('\n').length;
}
