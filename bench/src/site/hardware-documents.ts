import type { GeneratedDocument } from './generated-document.js';
import type { Role } from './site-layout.js';
import type { YamlValue } from './write-yaml.js';

/** Data disks of a storage machine. */
export const dataDisks = 12;

const diskAlias = (lun: number): YamlValue => ({ address: `2:${lun}.0.0`, bus_type: 'scsi', dev_type: 'PERC disk' });
const nicAlias = (address: string): YamlValue => ({ address, bus_type: 'pci', dev_type: 'X710 10GbE' });

/** One generation of machines per role. */
export const hardwareDocuments: readonly GeneratedDocument[] = [
  hardwareDocument('control', 1),
  hardwareDocument('compute', 2),
  hardwareDocument('storage', dataDisks + 1),
];

function hardwareDocument(role: Role, disks: number): GeneratedDocument {
  return {
    kind: 'HardwareProfile',
    name: `${role}-2u`,
    body: {
      vendor: 'Example',
      generation: '10',
      hw_version: '3',
      bios_version: '2.2.3',
      boot_mode: 'uefi',
      bootstrap_protocol: 'pxe',
      pxe_interface: 0,
      device_aliases: {
        pxe_nic: nicAlias('0000:01:00.0'),
        data_nic1: nicAlias('0000:3b:00.0'),
        data_nic2: nicAlias('0000:3b:00.1'),
        spare_nic: nicAlias('regexp:0000:d8:00\\.[01]'),
        ...Object.fromEntries(Array.from({ length: disks }, (_, lun) => [`disk${lun}`, diskAlias(lun)])),
      },
      cpu_sets: { guests: '4-43,48-87', platform: '0-3,44-47' },
      hugepages: { guests: { size: '1G', count: 300 } },
    },
  };
}
