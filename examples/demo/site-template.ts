/** Everything of a generated site that does not depend on its size: the networks, the hardware and the profiles of `site.yaml`. */
export const siteTemplate = `---
apiVersion: drydock/v1
kind: Region
metadata:
  name: demo
spec:
  authorized_keys:
    - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMyb3mIpSQNGRMECS9zOvtnc0hIC93G19+n2rQBAys9 operator@demo.example
  repositories:
    remove_unlisted: false
    tools:
      repo_type: apt
      url: http://packages.demo.example/tools
      distributions:
        - focal
      components:
        - main
      arches:
        - amd64
---
apiVersion: drydock/v1
kind: NetworkLink
metadata:
  name: oob
spec:
  bonding:
    mode: disabled
  mtu: 1500
  linkspeed: auto
  trunking:
    mode: disabled
    default_network: oob
  allowed_networks:
    - oob
  labels:
    noconfig: 'true'
---
apiVersion: drydock/v1
kind: Network
metadata:
  name: oob
spec:
  cidr: 127.16.0.0/16
  labels:
    noconfig: 'true'
  dns:
    domain: oob.demo.example
---
apiVersion: drydock/v1
kind: NetworkLink
metadata:
  name: pxe
spec:
  bonding:
    mode: disabled
  mtu: 1500
  linkspeed: auto
  trunking:
    mode: disabled
    default_network: pxe
  allowed_networks:
    - pxe
  labels:
    noconfig: 'true'
---
apiVersion: drydock/v1
kind: Network
metadata:
  name: pxe
spec:
  cidr: 10.13.0.0/16
  labels:
    noconfig: 'true'
  ranges:
    - type: dhcp
      start: 10.13.200.1
      end: 10.13.249.254
  dns:
    domain: pxe.demo.example
---
apiVersion: drydock/v1
kind: NetworkLink
metadata:
  name: data
spec:
  bonding:
    mode: 802.3ad
    hash: layer3+4
    peer_rate: fast
    mon_rate: 100
    up_delay: 200
    down_delay: 200
  mtu: 9000
  linkspeed: auto
  trunking:
    mode: 802.1q
    default_network: mgmt
  allowed_networks:
    - mgmt
    - storage
    - tenant
---
apiVersion: drydock/v1
kind: Network
metadata:
  name: mgmt
spec:
  cidr: 10.10.0.0/16
  ranges:
    - type: static
      start: 10.10.0.10
      end: 10.10.255.254
    - type: reserved
      start: 10.10.0.1
      end: 10.10.0.9
  routes:
    - subnet: 0.0.0.0/0
      gateway: 10.10.0.1
      metric: 10
  dns:
    domain: demo.example
    servers: 10.10.0.2,10.10.0.3
---
apiVersion: drydock/v1
kind: Network
metadata:
  name: storage
spec:
  vlan: '102'
  mtu: 9000
  cidr: 10.11.0.0/16
  ranges:
    - type: static
      start: 10.11.0.10
      end: 10.11.255.254
  dns:
    domain: storage.demo.example
---
apiVersion: drydock/v1
kind: Network
metadata:
  name: tenant
spec:
  vlan: '103'
  mtu: 1500
  cidr: 10.12.0.0/16
  ranges:
    - type: static
      start: 10.12.0.10
      end: 10.12.255.254
  dns:
    domain: tenant.demo.example
---
apiVersion: drydock/v1
kind: HardwareProfile
metadata:
  name: r640
spec:
  vendor: Example
  generation: '14'
  hw_version: '1'
  bios_version: '2.8.1'
  boot_mode: bios
  bootstrap_protocol: pxe
  pxe_interface: 0
  device_aliases:
    pxe_nic:
      bus_type: pci
      address: '0000:18:00.0'
      dev_type: 1G Ethernet
    data_nic_a:
      bus_type: pci
      address: '0000:3b:00.0'
      dev_type: 25G Ethernet
    data_nic_b:
      bus_type: pci
      address: '0000:3b:00.1'
      dev_type: 25G Ethernet
    system_disk:
      bus_type: scsi
      address: '2:0.0.0'
      dev_type: SATA SSD
    data_disk:
      bus_type: scsi
      address: '3:0.0.0'
      dev_type: SATA SSD
  cpu_sets:
    guests: 4-31
  hugepages:
    guests:
      size: 1G
      count: 48
---
apiVersion: drydock/v1
kind: HostProfile
metadata:
  name: defaults
spec:
  hardware_profile: r640
  primary_network: mgmt
  oob:
    type: redfish
    network: oob
    account: operator
    credential: demo-bmc-password
    scheme: http
    port: 8000
  interfaces:
    pxe:
      device_link: pxe
      slaves:
        - pxe_nic
      networks:
        - pxe
    bond0:
      device_link: data
      slaves:
        - data_nic_a
        - data_nic_b
      networks:
        - mgmt
        - storage
        - tenant
  storage:
    physical_devices:
      system_disk:
        labels:
          role: system
        partitions:
          - name: root
            size: 60g
            bootable: true
            filesystem:
              mountpoint: /
              fstype: ext4
              mount_options: defaults
          - name: boot
            size: 1g
            filesystem:
              mountpoint: /boot
              fstype: ext4
              mount_options: defaults
      data_disk:
        volume_group: data
    volume_groups:
      data:
        logical_volumes:
          - name: logs
            size: 40g
            filesystem:
              mountpoint: /var/log
              fstype: xfs
              mount_options: defaults,noatime
          - name: containers
            size: '60%'
            filesystem:
              mountpoint: /var/lib/containers
              fstype: ext4
              mount_options: defaults
  platform:
    image: focal
    kernel: ga-20.04
    kernel_params:
      quiet: true
      console: ttyS1,115200n8
  metadata:
    tags:
      - demo
    owner_data:
      site: demo
---
apiVersion: drydock/v1
kind: HostProfile
metadata:
  name: compute
spec:
  host_profile: defaults
  platform:
    kernel_params:
      hugepagesz: hardwareprofile:hugepages.guests.size
      hugepages: hardwareprofile:hugepages.guests.count
      isolcpus: hardwareprofile:cpuset.guests
  metadata:
    tags:
      - compute
    owner_data:
      role: compute
`;
