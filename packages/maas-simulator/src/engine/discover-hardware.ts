import { visibleDiskBytes, type Hardware } from '../world/hardware.js';
import { applyDefaultStorage } from '../storage/default-storage.js';
import { clearStorage } from '../storage/layouts.js';
import type { BlockDevice, Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import { clearNetwork, configureInitialNetwork } from './initial-network.js';
import { observedVlanId } from './wiring.js';

/** What commissioning learns and sets (05 §7.4). */
export function discoverHardware(world: World, machine: Machine, hardware: Hardware): void {
  const { spec } = hardware;
  machine.cpuCount = spec.cpuCount ?? 8;
  machine.memoryMib = spec.memoryMib ?? 16_384;
  machine.hardwareUuid = hardware.uuid;
  machine.architecture = spec.architecture ?? 'amd64/generic';
  machine.biosBootMethod = spec.bootMode === 'uefi' ? 'uefi' : 'pxe';
  if (!machine.commissioning.skipStorage) discoverDisks(world, machine, hardware);
  if (!machine.commissioning.skipNetworking) discoverNetwork(world, machine, hardware);
}

/** A disk that MAAS knows by its serial keeps its id. */
function discoverDisks(world: World, machine: Machine, hardware: Hardware): void {
  clearStorage(machine);
  const known = new Map(machine.blockDevices.map((device) => [device.serial, device]));
  machine.blockDevices = hardware.spec.disks.map((disk): BlockDevice => {
    const serial = disk.serial ?? `${hardware.spec.name}-${disk.name}`;
    const sizeBytes = visibleDiskBytes(hardware, disk.sizeBytes);
    return {
      id: known.get(serial)?.id ?? world.nextId('blockDevice'),
      name: disk.name,
      type: 'physical',
      model: disk.model ?? 'VBOX HARDDISK',
      serial,
      idPath: `/dev/disk/by-id/${disk.busInfo.replaceAll(/[^\w.-]/g, '-')}-${serial}`,
      sizeBytes,
      blockSizeBytes: disk.blockSizeBytes ?? 512,
      tags: [disk.rotational === true ? 'rotary' : 'ssd'],
      uuid: null,
      partitions: [],
      filesystem: null,
      volumeGroupId: null,
      ofVolumeGroupId: null,
      busInfo: disk.busInfo,
    };
  });
  machine.bootDiskId = null;
  applyDefaultStorage(world, machine);
}

function discoverNetwork(world: World, machine: Machine, hardware: Hardware): void {
  clearNetwork(machine);
  for (const spec of hardware.spec.nics) {
    const nic = machine.interfaces.find((candidate) => candidate.macAddress === spec.macAddress.toLowerCase());
    if (nic === undefined) continue;
    nic.name = spec.name;
    nic.vlanId ??= observedVlanId(world, spec);
  }
  configureInitialNetwork(world, machine);
}
