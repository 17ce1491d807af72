import type { CompiledNode } from '@drydock/model';

/** A device that the design names, as the operating system would name it. */
export interface MachineDevice {
  /** Alias or name in the design. */
  readonly device: string;
  /** What lshw and MAAS call it. */
  readonly name: string;
  /** As lshw prints it, for instance `pci@0000:18:00.0`. */
  readonly busInfo: string;
}

export interface MachineDevices {
  readonly nics: readonly MachineDevice[];
  readonly disks: readonly MachineDevice[];
}

/**
 * The NICs and disks that a node's design names. A device with an alias sits at the alias's bus address and is named
 * by the kernel; any other name of the design is taken as the kernel's.
 */
export function devicesOf(node: CompiledNode): MachineDevices {
  const nics = [...new Set(node.interfaces.flatMap(({ slaves }) => slaves))];
  const disks = node.storage.devices.map(({ name }) => name);
  const isAlias = (device: string): boolean => node.deviceAliases.some(({ alias }) => alias === device);
  const takenLetters = disks.filter((disk) => !isAlias(disk));
  const letters = diskNames(disks.length, takenLetters);
  return {
    nics: nics.map((device, index) => {
      const busInfo = busInfoOf(node, device) ?? `pci@0000:f0:${hexadecimal(index)}.0`;
      return { device, busInfo, name: isAlias(device) ? networkCardName(busInfo) : device };
    }),
    disks: disks.map((device, index) => ({
      device,
      busInfo: busInfoOf(node, device) ?? `scsi@9:0.${index}.0`,
      name: isAlias(device) ? (letters.next().value ?? device) : device,
    })),
  };
}

function busInfoOf(node: CompiledNode, device: string): string | undefined {
  const alias = node.deviceAliases.find((candidate) => candidate.alias === device);
  if (alias === undefined || alias.address.includes('regexp:')) return undefined;
  return `${alias.busType}@${alias.address}`;
}

/** As systemd does: bus, slot and function of the PCI address. */
function networkCardName(busInfo: string): string {
  const [, bus, slot, part] = /([0-9a-f]{2}):([0-9a-f]{2})\.([0-9a-f])$/i.exec(busInfo) ?? [];
  if (bus === undefined || slot === undefined || part === undefined) return `eth-${busInfo.replaceAll(/\W/g, '')}`;
  return `enp${parseInt(bus, 16)}s${parseInt(slot, 16)}f${parseInt(part, 16)}`;
}

function* diskNames(count: number, taken: readonly string[]): Generator<string, undefined> {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (let index = 0; index < count + taken.length; index += 1) {
    const name = `sd${letters[index] ?? index}`;
    if (!taken.includes(name)) yield name;
  }
  return undefined;
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(2, '0');
}
