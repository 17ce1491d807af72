import { networkHolds, parseAddress, parseNetwork } from '../network/ip-math.js';
import { routeView } from '../views/site-views.js';
import type { StaticRoute, Subnet } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';
import { findSubnet } from './subnet-lookup.js';

/** Static routes (05 §4.4, rules §9). */
export const staticRouteRoutes: readonly Route[] = [
  { path: 'static-routes/', endpoints: { GET: users(list), POST: admins(changingSite(create)) } },
  {
    path: 'static-routes/:id/',
    endpoints: { GET: users(read), PUT: admins(changingSite(update)), DELETE: admins(changingSite(remove)) },
  },
];

function list(call: Call): Reply {
  return json([...call.world.site.staticRoutes.values()].map((route) => routeView(call.world, route)));
}

function routeOf(call: Call): StaticRoute {
  const route = call.world.site.staticRoutes.get(Number(call.params['id']));
  if (route === undefined) throw refuse.notFound('StaticRoute');
  return route;
}

function read(call: Call): Reply {
  return json(routeView(call.world, routeOf(call)));
}

function create(call: Call): Reply {
  const wanted = requireRoute(call);
  const route: StaticRoute = { ...wanted, id: call.world.nextId('staticRoute') };
  call.world.site.staticRoutes.set(route.id, route);
  return json(routeView(call.world, route));
}

function update(call: Call): Reply {
  const route = routeOf(call);
  Object.assign(route, requireRoute(call, route));
  return json(routeView(call.world, route));
}

function remove(call: Call): Reply {
  call.world.site.staticRoutes.delete(routeOf(call).id);
  return noContent;
}

function requireRoute(call: Call, self?: StaticRoute): Omit<StaticRoute, 'id'> {
  const source = requireSubnet(call, 'source', self?.sourceId);
  const destination = requireSubnet(call, 'destination', self?.destinationId);
  const gatewayIp = call.form.get('gateway_ip') ?? self?.gatewayIp ?? call.form.require('gateway_ip');
  const metric = call.form.integer('metric') ?? self?.metric ?? 0;
  if (metric < 0) throw refuse.field('metric', 'Ensure this value is greater than or equal to 0.');
  if (source.id === destination.id) {
    throw refuse.field('__all__', 'source and destination cannot be the same subnet.');
  }
  const network = parseNetwork(source.cidr);
  const gateway = parseAddress(gatewayIp);
  if (network === undefined || gateway === undefined || !networkHolds(network, gateway)) {
    throw refuse.field('__all__', 'gateway_ip must be with in the source subnet.');
  }
  if (parseNetwork(destination.cidr)?.family !== network.family) {
    throw refuse.field('__all__', 'source and destination must be the same IP version.');
  }
  const isThere = [...call.world.site.staticRoutes.values()].some(
    (other) =>
      other !== self &&
      other.sourceId === source.id &&
      other.destinationId === destination.id &&
      other.gatewayIp === gatewayIp,
  );
  if (isThere) {
    throw refuse.field('__all__', 'Static route with this Source, Destination and Gateway ip already exists.');
  }
  return { sourceId: source.id, destinationId: destination.id, gatewayIp, metric };
}

function requireSubnet(call: Call, field: string, current: number | undefined): Subnet {
  const given = call.form.get(field) ?? '';
  if (given === '' && current === undefined) throw refuse.field(field, 'This field is required.');
  const subnet = findSubnet(call.world, given === '' ? String(current) : given);
  if (subnet === undefined) {
    throw refuse.field(field, 'Select a valid choice. That choice is not one of the available choices.');
  }
  return subnet;
}
