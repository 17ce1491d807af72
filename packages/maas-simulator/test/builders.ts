import type { MachineSpec } from '../src/index.js';

/** A machine with two cards and three disks; its BMC takes any free port of its own loopback address. */
export function machineSpec(name: string, change: Partial<MachineSpec> = {}): MachineSpec {
  const number = Number(/\d+$/.exec(name)?.[0] ?? 1);
  const mac = (card: number) => `52:54:00:00:${String(number).padStart(2, '0')}:0${card}`;
  return {
    name,
    bmc: { address: `127.16.9.${number}`, port: 0, username: 'root', password: 'calvin' },
    nics: [
      { name: 'eno1', macAddress: mac(1), busInfo: 'pci@0000:00:03.0', fabric: 'oam', boot: true },
      { name: 'eno2', macAddress: mac(2), busInfo: 'pci@0000:00:04.0', fabric: 'oam' },
    ],
    disks: [
      { name: 'sda', sizeBytes: 480_103_981_056, busInfo: 'scsi@2:0.0.0' },
      { name: 'sdb', sizeBytes: 1_000_204_886_016, busInfo: 'scsi@2:0.1.0' },
      { name: 'sdc', sizeBytes: 8_589_934_592, busInfo: 'scsi@2:0.2.0' },
    ],
    ...change,
  };
}
