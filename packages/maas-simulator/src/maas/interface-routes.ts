import { interfaceView } from '../views/interface-view.js';
import { rackView } from '../views/rack-view.js';
import type { Machine, NetworkInterface } from '../world/machine.js';
import { json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { createBond, createVlan, newPhysical } from './create-interface.js';
import { disconnect, linkSubnet, setDefaultGateway, unlinkSubnet } from './link-requests.js';
import { machineOf, machineToChange, requireStatus } from './machine-lookup.js';
import { refuse } from './refusal.js';
import { updateInterface } from './update-interface.js';

type Change = (call: Call, machine: Machine, nic: NetworkInterface) => void;

/** Interfaces of a machine (05 §4.3, rules §8.5). */
export const interfaceRoutes: readonly Route[] = [
  {
    path: 'nodes/:systemId/interfaces/',
    endpoints: {
      GET: users(list),
      'POST create_bond': users((call) => creating(call, createBond)),
      'POST create_vlan': users((call) => creating(call, createVlan)),
      'POST create_physical': users((call) => creating(call, newPhysical)),
    },
  },
  {
    path: 'nodes/:systemId/interfaces/:id/',
    endpoints: {
      GET: users(read),
      PUT: users((call) => changing(call, updateInterface)),
      DELETE: users(remove),
      'POST link_subnet': users((call) => changing(call, linkSubnet)),
      'POST unlink_subnet': users((call) => changing(call, unlinkSubnet)),
      'POST disconnect': users((call) => changing(call, disconnect)),
      'POST set_default_gateway': users((call) => changing(call, setDefaultGateway)),
      'POST add_tag': users((call) => changing(call, addTag)),
      'POST remove_tag': users((call) => changing(call, removeTag)),
    },
  },
];

function list(call: Call): Reply {
  const rack = call.world.site.racks.get(call.params['systemId'] ?? '');
  if (rack !== undefined) return json(rackView(call.world, rack)['interface_set']);
  const machine = machineOf(call, 'Node');
  return json(machine.interfaces.map((nic) => interfaceView(call.world, machine, nic)));
}

function interfaceOf(call: Call, machine: Machine): NetworkInterface {
  const wanted = call.params['id'];
  const nic = machine.interfaces.find((candidate) => String(candidate.id) === wanted || candidate.name === wanted);
  if (nic === undefined) throw refuse.notFound('Interface');
  return nic;
}

function read(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  return json(interfaceView(call.world, machine, interfaceOf(call, machine)));
}

function writable(call: Call, verb: string): Machine {
  const machine = machineToChange(call, 'Node');
  requireStatus(
    machine,
    'interface',
    `Cannot ${verb} interface because the machine is not New, Ready, Allocated, or Broken.`,
  );
  return machine;
}

function creating(call: Call, create: (call: Call, machine: Machine) => NetworkInterface): Reply {
  const machine = writable(call, 'create');
  const nic = create(call, machine);
  machine.interfaces.push(nic);
  return json(interfaceView(call.world, machine, nic));
}

function changing(call: Call, change: Change): Reply {
  const machine = writable(call, call.op?.replaceAll('_', ' ') ?? 'update');
  const nic = interfaceOf(call, machine);
  change(call, machine, nic);
  return json(interfaceView(call.world, machine, nic));
}

/** What stands on the interface goes with it. */
function remove(call: Call): Reply {
  const machine = writable(call, 'delete');
  const gone = new Set([interfaceOf(call, machine).id]);
  for (const nic of machine.interfaces) if (nic.parentIds.some((id) => gone.has(id))) gone.add(nic.id);
  machine.interfaces = machine.interfaces.filter((nic) => !gone.has(nic.id));
  return noContent;
}

function addTag(call: Call, _machine: Machine, nic: NetworkInterface): void {
  nic.tags = [...new Set([...nic.tags, call.form.require('tag')])];
}

function removeTag(call: Call, _machine: Machine, nic: NetworkInterface): void {
  const tag = call.form.require('tag');
  nic.tags = nic.tags.filter((candidate) => candidate !== tag);
}
