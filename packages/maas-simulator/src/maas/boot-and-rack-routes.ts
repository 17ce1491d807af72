import { rackView } from '../views/rack-view.js';
import type { BootResource } from '../world/site.js';
import { admins, json, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';

/** Boot images and rack controllers (05 §4.4). */
export const bootAndRackRoutes: readonly Route[] = [
  {
    path: 'boot-resources/',
    endpoints: {
      GET: users((call) => json(call.world.site.bootResources.map(resourceView))),
      'GET is_importing': users((call) => json(call.world.site.isImporting)),
      'POST import': admins((call) => importing(call, true)),
      'POST stop_import': admins((call) => importing(call, false)),
    },
  },
  { path: 'boot-resources/:id/', endpoints: { GET: users(readResource) } },
  { path: 'rackcontrollers/', endpoints: { GET: users(listRacks), 'GET power_parameters': admins(noPower) } },
  { path: 'rackcontrollers/:systemId/', endpoints: { GET: users(readRack) } },
];

function resourceView(resource: BootResource): Record<string, unknown> {
  return {
    id: resource.id,
    type: 'Synced',
    name: resource.name,
    architecture: resource.architecture,
    last_deployed: null,
    subarches: 'generic,hwe-p,hwe-q',
    resource_uri: `/MAAS/api/2.0/boot-resources/${resource.id}/`,
  };
}

function readResource(call: Call): Reply {
  const resource = call.world.site.bootResources.find(({ id }) => String(id) === call.params['id']);
  if (resource === undefined) throw refuse.notFound('BootResource');
  return json({ ...resourceView(resource), sets: {} });
}

function importing(call: Call, isImporting: boolean): Reply {
  call.world.site.isImporting = isImporting;
  return json(isImporting ? 'Import of boot resources started' : 'Import of boot resources is being stopped');
}

function listRacks(call: Call): Reply {
  const { query, world } = call;
  const known = ['op', 'id', 'hostname', 'mac_address'];
  const unknown = query.names().find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuse.field(unknown, 'No such constraint.');
  const racks = [...world.site.racks.values()].filter(
    (rack) =>
      (!query.has('id') || query.all('id').includes(rack.systemId)) &&
      (!query.has('hostname') || query.all('hostname').includes(rack.hostname)) &&
      (!query.has('mac_address') || rack.interfaces.some((nic) => query.all('mac_address').includes(nic.macAddress))),
  );
  return json(racks.map((rack) => rackView(world, rack)));
}

function readRack(call: Call): Reply {
  const rack = call.world.site.racks.get(call.params['systemId'] ?? '');
  if (rack === undefined) throw refuse.notFound('RackController');
  return json(rackView(call.world, rack));
}

function noPower(call: Call): Reply {
  return json(Object.fromEntries([...call.world.site.racks.keys()].map((systemId) => [systemId, {}])));
}
