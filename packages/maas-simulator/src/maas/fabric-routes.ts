import { addFabric } from '../engine/wiring.js';
import { fabricView } from '../views/site-views.js';
import type { Fabric } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';

/** Fabrics (05 §4.4, rules §9). */
export const fabricRoutes: readonly Route[] = [
  { path: 'fabrics/', endpoints: { GET: users(list), POST: admins(changingSite(create)) } },
  {
    path: 'fabrics/:fabricId/',
    endpoints: { GET: users(read), PUT: admins(changingSite(update)), DELETE: admins(changingSite(remove)) },
  },
];

function list(call: Call): Reply {
  return json([...call.world.site.fabrics.values()].map((fabric) => fabricView(call.world, fabric)));
}

/** The fabric of the path, by id or name. */
export function fabricOf(call: Call): Fabric {
  const wanted = call.params['fabricId'] ?? '';
  const { fabrics } = call.world.site;
  const fabric = fabrics.get(Number(wanted)) ?? [...fabrics.values()].find((candidate) => candidate.name === wanted);
  if (fabric === undefined) throw refuse.notFound('Fabric');
  return fabric;
}

function read(call: Call): Reply {
  return json(fabricView(call.world, fabricOf(call)));
}

function requireName(call: Call, self?: Fabric): string {
  const name = call.form.get('name') ?? '';
  if (name === '') return self?.name ?? '';
  if (!/^[\w-]+$/.test(name)) throw refuse.field('name', `Invalid fabric name: ${name}.`);
  if (name.length > 256) throw refuse.field('name', 'Ensure this value has at most 256 characters.');
  if (/^fabric-\d+$/.test(name) && name !== `fabric-${self?.id}`) throw refuse.field('name', 'Reserved fabric name.');
  if ([...call.world.site.fabrics.values()].some((fabric) => fabric !== self && fabric.name === name)) {
    throw refuse.field('name', 'Fabric with this Name already exists.');
  }
  return name;
}

function create(call: Call): Reply {
  const name = requireName(call);
  const { fabricId } = addFabric(call.world, name);
  const fabric = call.world.site.fabrics.get(fabricId);
  if (fabric === undefined) throw new Error(`fabric ${fabricId} was not stored`);
  applyTexts(call, fabric);
  return json(fabricView(call.world, fabric));
}

function update(call: Call): Reply {
  const fabric = fabricOf(call);
  fabric.name = requireName(call, fabric);
  applyTexts(call, fabric);
  return json(fabricView(call.world, fabric));
}

function applyTexts(call: Call, fabric: Fabric): void {
  fabric.description = call.form.get('description') ?? fabric.description;
  fabric.classType = call.form.get('class_type') ?? fabric.classType;
}

function remove(call: Call): Reply {
  const fabric = fabricOf(call);
  const { site, machines } = call.world;
  if (fabric.id === 0) throw refuse.text(400, 'This fabric is the default fabric, it cannot be deleted.');
  const vlanIds = new Set(
    [...site.vlans.values()].filter((vlan) => vlan.fabricId === fabric.id).map((vlan) => vlan.id),
  );
  const subnets = [...site.subnets.values()].filter((subnet) => vlanIds.has(subnet.vlanId));
  if (subnets.length > 0) {
    const names = subnets.map((subnet) => subnet.cidr).join(', ');
    throw refuse.text(400, `Can't delete fabric; the following subnets are still present: ${names}`);
  }
  const nics = [...machines.values()].flatMap((machine) =>
    machine.interfaces
      .filter((nic) => nic.vlanId !== null && vlanIds.has(nic.vlanId))
      .map((nic) => `${nic.name} on ${machine.hostname}`),
  );
  if (nics.length > 0) {
    throw refuse.text(400, `Can't delete fabric; the following interfaces are still connected: ${nics.join(', ')}`);
  }
  for (const id of vlanIds) site.vlans.delete(id);
  site.fabrics.delete(fabric.id);
  return noContent;
}
