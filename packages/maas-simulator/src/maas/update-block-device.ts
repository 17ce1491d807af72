import { parseSize } from '../storage/parse-size.js';
import type { BlockDevice, Machine } from '../world/machine.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

/** PUT of a block device. */
export function updateBlockDevice(call: Call, machine: Machine, device: BlockDevice): void {
  const { form } = call;
  const name = form.get('name') ?? device.name;
  if (machine.blockDevices.some((other) => other !== device && other.name === name)) {
    throw refuse.field('name', `Block device with name '${name}' already exists.`);
  }
  const sizeText = form.get('size') ?? '';
  const sizeBytes = sizeText === '' ? device.sizeBytes : parseSize(sizeText);
  if (sizeBytes === undefined) throw refuse.field('size', 'Enter a valid value.');
  device.name = name;
  device.sizeBytes = sizeBytes;
  device.model = form.get('model') ?? device.model;
  device.serial = form.get('serial') ?? device.serial;
  device.idPath = form.get('id_path') ?? device.idPath;
  device.blockSizeBytes = form.integer('block_size') ?? device.blockSizeBytes;
}
