import { newLogicalVolume } from '../storage/layouts.js';
import { parseSize } from '../storage/parse-size.js';
import { alignDown, alignmentBytes, groupFreeBytes, logicalVolumesOf, membersOf } from '../storage/storage-math.js';
import { blockDeviceView, volumeGroupView } from '../views/storage-views.js';
import type { Machine, VolumeGroup } from '../world/machine.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { requireUuid } from './filesystem-requests.js';
import { machineOf, machineToChange, requireStatus } from './machine-lookup.js';
import { refuse } from './refusal.js';
import { requireMembers } from './volume-group-members.js';

const item: Route['endpoints'] = {
  GET: users(read),
  PUT: admins(update),
  DELETE: admins(remove),
  'POST create_logical_volume': admins(createVolume),
  'POST delete_logical_volume': admins(deleteVolume),
};

/** Volume groups and logical volumes (05 §4.3, rules §8.4); the lists of what is not simulated are empty. */
export const volumeGroupRoutes: readonly Route[] = [
  { path: 'nodes/:systemId/volume-groups/', endpoints: { GET: users(list), POST: admins(create) } },
  { path: 'nodes/:systemId/volume-group/:id/', endpoints: item },
  { path: 'nodes/:systemId/volume-groups/:id/', endpoints: item },
  { path: 'nodes/:systemId/raids/', endpoints: { GET: users(emptyList) } },
  { path: 'nodes/:systemId/bcaches/', endpoints: { GET: users(emptyList) } },
  { path: 'nodes/:systemId/bcache-cache-sets/', endpoints: { GET: users(emptyList) } },
];

function emptyList(call: Call): Reply {
  machineOf(call, 'Node');
  return json([]);
}

function list(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  return json(machine.volumeGroups.map((group) => volumeGroupView(machine, group)));
}

function groupOf(call: Call, machine: Machine): VolumeGroup {
  const group = machine.volumeGroups.find((candidate) => String(candidate.id) === call.params['id']);
  if (group === undefined) throw refuse.notFound('VolumeGroup');
  return group;
}

function read(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  return json(volumeGroupView(machine, groupOf(call, machine)));
}

function writable(call: Call, what: string): Machine {
  const machine = machineToChange(call, 'Node');
  requireStatus(machine, 'storage', `Cannot ${what} because the machine is not Ready.`);
  return machine;
}

function requireName(call: Call, machine: Machine, self?: VolumeGroup): string {
  const name = call.form.require('name');
  if (machine.volumeGroups.some((group) => group !== self && group.name === name)) {
    throw refuse.field('name', `Volume group with name '${name}' already exists.`);
  }
  return name;
}

function create(call: Call): Reply {
  const machine = writable(call, 'create volume group');
  const name = requireName(call, machine);
  const uuid = requireUuid(call) ?? call.world.random.uuid();
  const take = requireMembers(call, machine, { devices: 'block_devices', partitions: 'partitions' });
  const group: VolumeGroup = { id: call.world.nextId('volumeGroup'), name, uuid };
  take(group.id);
  machine.volumeGroups.push(group);
  return json(volumeGroupView(machine, group));
}

function update(call: Call): Reply {
  const machine = writable(call, 'update volume group');
  const group = groupOf(call, machine);
  const { form } = call;
  if (form.has('name')) group.name = requireName(call, machine, group);
  const added = { devices: 'add_block_devices', partitions: 'add_partitions' };
  if (form.has(added.devices) || form.has(added.partitions)) requireMembers(call, machine, added)(group.id);
  const { devices, partitions } = membersOf(machine, group);
  for (const member of devices)
    if (form.all('remove_block_devices').includes(String(member.id))) member.volumeGroupId = null;
  for (const member of partitions)
    if (form.all('remove_partitions').includes(String(member.id))) member.volumeGroupId = null;
  return json(volumeGroupView(machine, group));
}

/** Its logical volumes go with it. */
function remove(call: Call): Reply {
  const machine = writable(call, 'delete volume group');
  const group = groupOf(call, machine);
  const { devices, partitions } = membersOf(machine, group);
  for (const member of [...devices, ...partitions]) member.volumeGroupId = null;
  machine.blockDevices = machine.blockDevices.filter((device) => device.ofVolumeGroupId !== group.id);
  machine.volumeGroups = machine.volumeGroups.filter((candidate) => candidate !== group);
  return noContent;
}

function createVolume(call: Call): Reply {
  const machine = writable(call, 'create logical volume');
  const group = groupOf(call, machine);
  const name = call.form.require('name');
  if (logicalVolumesOf(machine, group).some((volume) => volume.name === `${group.name}-${name}`)) {
    throw refuse.field('name', `Logical volume with name '${name}' already exists.`);
  }
  const volume = newLogicalVolume(call.world, group, name, requireVolumeSize(call, groupFreeBytes(machine, group)));
  volume.uuid = requireUuid(call) ?? volume.uuid;
  machine.blockDevices.push(volume);
  return json(blockDeviceView(machine, volume));
}

function requireVolumeSize(call: Call, free: number): number {
  if (free < alignmentBytes) {
    throw refuse.field(
      '__all__',
      'Volume group cannot hold any more logical volumes, because it doesn’t have enough free space.',
    );
  }
  const text = call.form.get('size') ?? '';
  const wanted = text === '' ? free : parseSize(text);
  if (wanted === undefined) throw refuse.field('size', 'Enter a valid value.');
  if (wanted < alignmentBytes) {
    throw refuse.field('size', `Ensure this value is greater than or equal to ${alignmentBytes}.`);
  }
  if (wanted > free) throw refuse.field('size', `Ensure this value is less than or equal to ${free}.`);
  return alignDown(wanted);
}

function deleteVolume(call: Call): Reply {
  const machine = writable(call, 'delete logical volume');
  const group = groupOf(call, machine);
  const id = call.form.get('id') ?? '';
  if (id === '') throw refuse.missing('id');
  if (!logicalVolumesOf(machine, group).some((volume) => String(volume.id) === id)) {
    throw refuse.notFound('VirtualBlockDevice');
  }
  machine.blockDevices = machine.blockDevices.filter((device) => String(device.id) !== id);
  return noContent;
}
