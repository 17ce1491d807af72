import { untaggedVlan } from '../world/initial-site.js';
import { vlanView } from '../views/site-views.js';
import type { Vlan } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { fabricOf } from './fabric-routes.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';
import { dhcpChanges } from './vlan-dhcp.js';

const item: Route['endpoints'] = {
  GET: users(read),
  PUT: admins(changingSite(update)),
  DELETE: admins(changingSite(remove)),
};

/** VLANs, by fabric and VID or by id (05 §4.4, rules §9). */
export const vlanRoutes: readonly Route[] = [
  { path: 'fabrics/:fabricId/vlans/', endpoints: { GET: users(list), POST: admins(changingSite(create)) } },
  { path: 'fabrics/:fabricId/vlans/:vid/', endpoints: item },
  { path: 'vlans/:vlanId/', endpoints: item },
];

function list(call: Call): Reply {
  const fabric = fabricOf(call);
  const vlans = [...call.world.site.vlans.values()].filter((vlan) => vlan.fabricId === fabric.id);
  return json(vlans.map((vlan) => vlanView(call.world, vlan)));
}

function vlanOf(call: Call): Vlan {
  const { vlanId, vid } = call.params;
  const { vlans } = call.world.site;
  if (vlanId !== undefined) {
    const vlan = vlans.get(Number(vlanId));
    if (vlan === undefined) throw refuse.notFound('VLAN');
    return vlan;
  }
  const fabric = fabricOf(call);
  const wanted = vid === 'untagged' ? 0 : Number(vid);
  const vlan = [...vlans.values()].find((candidate) => candidate.fabricId === fabric.id && candidate.vid === wanted);
  if (vlan === undefined) throw refuse.notFound('VLAN');
  return vlan;
}

function read(call: Call): Reply {
  return json(vlanView(call.world, vlanOf(call)));
}

function create(call: Call): Reply {
  const fabric = fabricOf(call);
  const vid = requireVid(call, fabric.id);
  if (vid === undefined) throw refuse.field('vid', 'This field is required.');
  const base: Vlan = { ...untaggedVlan(0, fabric.id), vid, name: String(vid) };
  const changes = changesOf(call, base);
  const vlan: Vlan = { ...base, ...changes, id: call.world.nextId('vlan') };
  call.world.site.vlans.set(vlan.id, vlan);
  return json(vlanView(call.world, vlan));
}

function update(call: Call): Reply {
  const vlan = vlanOf(call);
  const fabricId = call.form.integer('fabric') ?? vlan.fabricId;
  if (!call.world.site.fabrics.has(fabricId)) {
    throw refuse.field('fabric', 'Select a valid choice. That choice is not one of the available choices.');
  }
  const vid = requireVid(call, fabricId, vlan) ?? vlan.vid;
  const changes = changesOf(call, vlan);
  const oldFabricId = vlan.fabricId;
  Object.assign(vlan, { ...changes, vid, fabricId });
  dropEmptyFabric(call, oldFabricId);
  return json(vlanView(call.world, vlan));
}

/** A fabric lives as long as it has a VLAN (05 §9). */
function dropEmptyFabric(call: Call, fabricId: number): void {
  const { site } = call.world;
  if (![...site.vlans.values()].some((vlan) => vlan.fabricId === fabricId)) site.fabrics.delete(fabricId);
}

function requireVid(call: Call, fabricId: number, self?: Vlan): number | undefined {
  const vid = call.form.integer('vid') ?? (self === undefined ? undefined : self.vid);
  if (vid === undefined) return undefined;
  if (vid < 0 || vid > 4094) throw refuse.field('vid', 'VID must be between 0 and 4094.');
  const isTaken = [...call.world.site.vlans.values()].some(
    (vlan) => vlan !== self && vlan.fabricId === fabricId && vlan.vid === vid,
  );
  if (isTaken) throw refuse.field('vid', 'A VLAN with the specified VID already exists in the destination fabric.');
  return vid;
}

function changesOf(call: Call, vlan: Vlan): Partial<Vlan> {
  const { form } = call;
  const mtu = form.integer('mtu');
  if (mtu !== undefined && (mtu < 552 || mtu > 65_535)) {
    throw refuse.field(
      'mtu',
      `Ensure this value is ${mtu < 552 ? 'greater' : 'less'} than or equal to ${mtu < 552 ? 552 : 65535}.`,
    );
  }
  const name = form.get('name');
  return {
    ...(name === undefined ? {} : { name: name === '' ? String(vlan.vid) : name }),
    ...(form.has('description') ? { description: form.get('description') ?? '' } : {}),
    ...(mtu === undefined ? {} : { mtu }),
    ...(form.has('space') ? { space: form.get('space') === '' ? null : (form.get('space') ?? null) } : {}),
    ...dhcpChanges(call, vlan),
  };
}

function remove(call: Call): Reply {
  const vlan = vlanOf(call);
  const { site, machines } = call.world;
  if (vlan.vid === 0) throw refuse.text(400, 'This VLAN is the default VLAN in the fabric, it cannot be deleted.');
  if ([...site.subnets.values()].some((subnet) => subnet.vlanId === vlan.id)) {
    throw refuse.text(400, "Can't delete VLAN; subnets are still present.");
  }
  for (const nic of [...machines.values()].flatMap((machine) => machine.interfaces)) {
    if (nic.vlanId === vlan.id) nic.vlanId = null;
  }
  for (const other of site.vlans.values()) if (other.relayVlanId === vlan.id) other.relayVlanId = null;
  site.vlans.delete(vlan.id);
  return noContent;
}
