import { blockDeviceView, partitionView } from '../views/storage-views.js';
import type { BlockDevice, Machine, Partition } from '../world/machine.js';
import { admins, json, noContent, users, type Call, type Handler, type Reply, type Route } from './call.js';
import { format, mount, unformat, unmount, type Formattable } from './filesystem-requests.js';
import { machineOf, machineToChange, requireStatus } from './machine-lookup.js';
import { createPartition } from './create-partition.js';
import { refuse } from './refusal.js';
import { updateBlockDevice } from './update-block-device.js';

const device = 'nodes/:systemId/blockdevices/:deviceId/';

const partitionEndpoints: Route['endpoints'] = {
  GET: users(readPartition),
  DELETE: admins(deletePartition),
  'POST format': users(onPartition(format)),
  'POST unformat': users(onPartition(unformat)),
  'POST mount': users(onPartition(mount)),
  'POST unmount': users(onPartition(unmount)),
  'POST add_tag': users(onPartition(addTag)),
  'POST remove_tag': users(onPartition(removeTag)),
};

const partitionsEndpoints: Route['endpoints'] = { GET: users(listPartitions), POST: users(addPartition) };

/** Block devices and partitions (05 §4.3, rules §8.4). */
export const storageRoutes: readonly Route[] = [
  { path: 'nodes/:systemId/blockdevices/', endpoints: { GET: users(listDevices) } },
  {
    path: device,
    endpoints: {
      GET: users(readDevice),
      PUT: admins(changeDevice),
      DELETE: admins(deleteDevice),
      'POST format': users(onDevice(format)),
      'POST unformat': users(onDevice(unformat)),
      'POST mount': users(onDevice(mount)),
      'POST unmount': users(onDevice(unmount)),
      'POST set_boot_disk': admins(setBootDisk),
      'POST add_tag': users(onDevice(addTag)),
      'POST remove_tag': users(onDevice(removeTag)),
    },
  },
  { path: `${device}partitions/`, endpoints: partitionsEndpoints },
  { path: `${device}partition/:partitionId`, endpoints: partitionEndpoints },
  { path: `${device}partitions/:partitionId`, endpoints: partitionEndpoints },
];

function deviceOf(call: Call, machine: Machine): BlockDevice {
  const wanted = call.params['deviceId'];
  const found = machine.blockDevices.find((candidate) => String(candidate.id) === wanted || candidate.name === wanted);
  if (found === undefined) throw refuse.notFound('BlockDevice');
  return found;
}

function partitionOf(call: Call, owner: BlockDevice): Partition {
  const found = owner.partitions.find((candidate) => String(candidate.id) === call.params['partitionId']);
  if (found === undefined) throw refuse.notFound('Partition');
  return found;
}

function listDevices(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  return json(machine.blockDevices.map((candidate) => blockDeviceView(machine, candidate)));
}

function readDevice(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  return json(blockDeviceView(machine, deviceOf(call, machine)));
}

function listPartitions(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  const owner = deviceOf(call, machine);
  // MAAS fails here instead of answering an empty list (05 §8.4).
  if (owner.partitions.length === 0) throw refuse.text(500, 'PartitionTable matching query does not exist.');
  return json(owner.partitions.map((partition) => partitionView(machine, owner, partition)));
}

function readPartition(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  const owner = deviceOf(call, machine);
  return json(partitionView(machine, owner, partitionOf(call, owner)));
}

function addPartition(call: Call): Reply {
  const machine = machineToChange(call, 'Node');
  const owner = deviceOf(call, machine);
  requireStatus(machine, 'storage', 'Cannot create partition because the node is not Ready.');
  const partition = createPartition(call, machine, owner);
  return json(partitionView(machine, owner, partition));
}

function deletePartition(call: Call): Reply {
  const machine = machineToChange(call, 'Node');
  const owner = deviceOf(call, machine);
  const partition = partitionOf(call, owner);
  requireStatus(machine, 'storage', 'Cannot delete partition because the node is not Ready.');
  if (partition.volumeGroupId !== null) {
    throw refuse.text(400, 'Cannot delete partition because it is in use by a volume group.');
  }
  owner.partitions = owner.partitions.filter((candidate) => candidate !== partition);
  return noContent;
}

function changeDevice(call: Call): Reply {
  const machine = machineToChange(call, 'Node');
  const owner = deviceOf(call, machine);
  requireStatus(machine, 'storage', 'Cannot update block device because the machine is not Ready.');
  updateBlockDevice(call, machine, owner);
  return json(blockDeviceView(machine, owner));
}

function deleteDevice(call: Call): Reply {
  const machine = machineToChange(call, 'Node');
  const owner = deviceOf(call, machine);
  requireStatus(machine, 'storage', 'Cannot delete block device because the machine is not Ready.');
  if (owner.partitions.length > 0 || owner.volumeGroupId !== null) {
    throw refuse.text(400, 'Cannot delete a block device that is in use.');
  }
  machine.blockDevices = machine.blockDevices.filter((candidate) => candidate !== owner);
  return noContent;
}

function setBootDisk(call: Call): Reply {
  const machine = machineToChange(call, 'Node');
  const owner = deviceOf(call, machine);
  requireStatus(machine, 'storage', 'Cannot set as boot disk because the machine is not Ready.');
  if (owner.type !== 'physical') throw refuse.text(400, `Cannot set a ${owner.type} block device as the boot disk.`);
  machine.bootDiskId = owner.id;
  return { statusCode: 200, body: 'OK', contentType: 'text/plain; charset=utf-8' };
}

type Change = (call: Call, machine: Machine, target: Formattable) => void;

function onDevice(change: Change): Handler {
  return (call) => {
    const machine = machineToChange(call, 'Node');
    const owner = deviceOf(call, machine);
    change(call, machine, { kind: 'block device', object: owner });
    return json(blockDeviceView(machine, owner));
  };
}

function onPartition(change: Change): Handler {
  return (call) => {
    const machine = machineToChange(call, 'Node');
    const owner = deviceOf(call, machine);
    const partition = partitionOf(call, owner);
    change(call, machine, { kind: 'partition', object: partition });
    return json(partitionView(machine, owner, partition));
  };
}

function addTag(call: Call, _machine: Machine, { object }: Formattable): void {
  object.tags = [...new Set([...object.tags, call.form.require('tag')])];
}

function removeTag(call: Call, _machine: Machine, { object }: Formattable): void {
  const tag = call.form.require('tag');
  object.tags = object.tags.filter((candidate) => candidate !== tag);
}
