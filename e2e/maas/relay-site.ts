/**
 * A site as real ones were written: Deckhand documents, DHCP by relay, PXE over the first NIC of the bond, a
 * distribution of its time, packages, and boot actions.
 */
export function relaySite(bmcPort: number): string {
  return documents.replace('BMC_PORT', String(bmcPort));
}

const documents = `---
schema: 'drydock/Region/v1'
metadata: { schema: 'metadata/Document/v1', name: harbour }
data:
  tag_definitions:
    - { tag: fast, definition_type: lshw_xpath, definition: '//node[@id="display"]' }
  repositories:
    remove_unlisted: true
    tools:
      repo_type: apt
      url: https://packages.harbour.example/tools
      distributions: [xenial]
      components: [main]
  authorized_keys:
    - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMyb3mIpSQNGRMECS9zOvtnc0hIC93G19+n2rQBAys9 operator@harbour.example
---
schema: 'drydock/NetworkLink/v1'
metadata: { schema: 'metadata/Document/v1', name: oob }
data:
  bonding: { mode: disabled }
  linkspeed: 100full
  trunking: { mode: disabled, default_network: oob }
  allowed_networks: [oob]
---
schema: 'drydock/NetworkLink/v1'
metadata: { schema: 'metadata/Document/v1', name: pxe }
data:
  bonding: { mode: disabled }
  trunking: { mode: disabled, default_network: pxe }
  allowed_networks: [pxe]
---
schema: 'drydock/NetworkLink/v1'
metadata: { schema: 'metadata/Document/v1', name: data }
data:
  bonding: { mode: 802.3ad, hash: layer3+4, peer_rate: slow }
  mtu: 9000
  trunking: { mode: 802.1q, default_network: mgmt }
  allowed_networks: [mgmt, private]
---
schema: 'drydock/Rack/v1'
metadata: { schema: 'metadata/Document/v1', name: rack1 }
data:
  tor_switches: { switch1: { mgmt_ip: 10.30.9.1, sdn_api_uri: 'https://switches.harbour.example/1' } }
  location: { clli: HARBOUR, grid: A1 }
  local_networks: [pxe]
---
schema: 'drydock/Network/v1'
metadata: { schema: 'metadata/Document/v1', name: oob }
data:
  cidr: 127.16.0.0/16
  ranges:
    - { type: static, start: 127.16.30.1, end: 127.16.30.254 }
---
schema: 'drydock/Network/v1'
metadata: { schema: 'metadata/Document/v1', name: pxe }
data:
  dhcp_relay: { self_ip: 10.30.0.4, upstream_target: 10.30.5.5 }
  mtu: 1500
  cidr: 10.30.0.0/24
  ranges:
    - { type: dhcp, start: 10.30.0.5, end: 10.30.0.254 }
  dns: { domain: admin.harbour.example, servers: 10.30.0.10 }
---
schema: 'drydock/Network/v1'
metadata: { schema: 'metadata/Document/v1', name: mgmt }
data:
  mtu: 1500
  cidr: 10.30.1.0/24
  ranges:
    - { type: static, start: 10.30.1.15, end: 10.30.1.254 }
  routes:
    - { subnet: 0.0.0.0/0, gateway: 10.30.1.1, metric: 10 }
  dns: { domain: mgmt.harbour.example, servers: '10.30.1.9,10.30.1.10' }
---
schema: 'drydock/Network/v1'
metadata: { schema: 'metadata/Document/v1', name: private }
data:
  vlan: '101'
  mtu: 9000
  cidr: 10.30.2.0/24
  ranges:
    - { type: static, start: 10.30.2.15, end: 10.30.2.254 }
  dns: { domain: priv.harbour.example, servers: '10.30.2.9,10.30.2.10' }
---
schema: 'drydock/HardwareProfile/v1'
metadata: { schema: 'metadata/Document/v1', name: gen9 }
data:
  vendor: Example
  generation: '9'
  boot_mode: bios
  bootstrap_protocol: pxe
  pxe_interface: 0
  device_aliases:
    prim_nic01: { address: '0000:00:03.0', dev_type: Gigabit Ethernet, bus_type: pci }
    prim_nic02: { address: '0000:00:04.0', dev_type: Gigabit Ethernet, bus_type: pci }
  cpu_sets: { guests: '2,4' }
  hugepages: { guests: { size: 1G, count: 300 } }
---
schema: 'drydock/HostProfile/v1'
metadata: { schema: 'metadata/Document/v1', name: defaults }
data:
  hardware_profile: gen9
  primary_network: mgmt
  oob: { type: redfish, network: oob, account: admin, credential: admin, scheme: http, port: BMC_PORT }
  interfaces:
    pxe: { device_link: pxe, slaves: [prim_nic01], networks: [pxe], labels: { noconfig: true } }
    bond0:
      device_link: data
      slaves: [prim_nic01, prim_nic02]
      networks: [mgmt, private]
      sriov: { vf_count: 2, trustedmode: false }
  storage:
    physical_devices:
      sda:
        labels: { role: rootdisk }
        partitions:
          - { name: root, size: 20g, bootable: true, filesystem: { mountpoint: /, fstype: ext4 } }
          - { name: boot, size: 1g, filesystem: { mountpoint: /boot, fstype: ext4 } }
      sdb: { volume_group: log_vg }
    volume_groups:
      log_vg:
        logical_volumes:
          - { name: log_lv, size: 500m, filesystem: { mountpoint: /var/log, fstype: xfs } }
  platform: { image: xenial, kernel: ga-16.04, kernel_params: { quiet: true, console: ttyS2 } }
  metadata: { rack: rack1, tags: [test], owner_data: { foo: bar } }
---
schema: 'drydock/BaremetalNode/v1'
metadata: { schema: 'metadata/Document/v1', name: controller01 }
data:
  host_profile: defaults
  interfaces: { bond0: { networks: ['!private'] } }
  addressing:
    - { network: pxe, address: dhcp }
    - { network: mgmt, address: 10.30.1.20 }
    - { network: oob, address: 127.16.30.20 }
---
schema: 'drydock/BaremetalNode/v1'
metadata: { schema: 'metadata/Document/v1', name: compute01 }
data:
  host_profile: defaults
  addressing:
    - { network: pxe, address: dhcp }
    - { network: mgmt, address: 10.30.1.21 }
    - { network: private, address: 10.30.2.21 }
    - { network: oob, address: 127.16.30.21 }
  platform:
    kernel_params:
      isolcpus: hardwareprofile:cpuset.guests
      hugepagesz: hardwareprofile:hugepages.guests.size
      hugepages: hardwareprofile:hugepages.guests.count
---
schema: 'drydock/BootAction/v1'
metadata: { schema: 'metadata/Document/v1', name: hello }
data:
  node_filter:
    filter_set_type: union
    filter_set:
      - { filter_type: union, node_names: [compute01] }
  assets:
    - path: /var/tmp/hello.sh
      type: file
      permissions: '555'
      data: 'echo {{ node.hostname }}'
      data_pipeline: [template]
...
`;
