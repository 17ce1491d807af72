import type { Network } from '@drydock/model';
import {
  emptyPlan,
  joinPlans,
  subjectOfNetwork,
  subnetOfNetwork,
  type FoundTopology,
  type PlacedLink,
  type TopologyPlan,
} from './topology-model.js';

const defaultMetric = 100;
const defaultDestinations = new Set(['0.0.0.0/0', '::/0']);

/** Static routes of a link's networks; equal ones stay as they are. */
export function planRoutes(found: FoundTopology, placed: PlacedLink): TopologyPlan {
  return joinPlans(
    placed.networks.flatMap((network) => network.routes.map((route) => planRoute(found, network, route))),
  );
}

function planRoute(found: FoundTopology, network: Network, route: Network['routes'][number]): TopologyPlan {
  const { subnet: cidr, gateway } = route;
  // The default route is the subnet's gateway; a route domain's placeholder has no subnet.
  if (cidr === null || gateway === null || defaultDestinations.has(cidr)) return emptyPlan;
  const source = subnetOfNetwork(found, network);
  if (source === undefined) return emptyPlan;
  const subject = subjectOfNetwork(network);
  const destination = found.subnets.find((subnet) => subnet.cidr === cidr);
  if (destination === undefined) {
    const text = `network ${network.name} has a route to ${cidr}, which is no subnet in MAAS; define it as a network or remove the route`;
    return { changes: [], problems: [{ subject, text }] };
  }
  if (destination.id === source.id) return emptyPlan;
  const metric = route.metric ?? defaultMetric;
  const present = found.routes.find((item) => item.source.id === source.id && item.destination.id === destination.id);
  if (present?.gateway_ip === gateway && present.metric === metric) return emptyPlan;
  const fields = { source: source.id, destination: destination.id, gateway_ip: gateway, metric };
  const text = `route from ${network.cidr} to ${cidr} by ${gateway}, metric ${metric}`;
  const method = present === undefined ? ('POST' as const) : ('PUT' as const);
  const path = present === undefined ? 'static-routes/' : `static-routes/${present.id}/`;
  return { changes: [{ subject, method, path, fields, text }], problems: [] };
}
