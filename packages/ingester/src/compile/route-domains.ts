import type { Network } from '@drydock/model';

/**
 * Writes out route domains (reference 02 §4.13): a network with a route that names a domain, a gateway and a metric
 * gets that route to the CIDR of every network of the domain but its own. The placeholder route stays.
 */
export function renderRouteDomains(networks: readonly Network[]): readonly Network[] {
  const cidrsByDomain = new Map<string, string[]>();
  for (const { routeDomain, cidr } of networks) {
    if (routeDomain === null) continue;
    const cidrs = cidrsByDomain.get(routeDomain);
    if (cidrs === undefined) cidrsByDomain.set(routeDomain, [cidr]);
    else cidrs.push(cidr);
  }
  if (cidrsByDomain.size === 0) return networks;
  return networks.map((network) => ({
    ...network,
    routes: [...network.routes, ...renderedRoutes(network, cidrsByDomain)],
  }));
}

function renderedRoutes(network: Network, cidrsByDomain: ReadonlyMap<string, readonly string[]>): Network['routes'] {
  const placeholders = [...cidrsByDomain.keys()].flatMap(
    (domain) => network.routes.find((route) => route.routeDomain === domain) ?? [],
  );
  return placeholders.flatMap((route) => {
    if (route.gateway === null || route.metric === null) return [];
    const cidrs = cidrsByDomain.get(route.routeDomain ?? '') ?? [];
    return cidrs
      .filter((cidr) => cidr !== network.cidr)
      .map((subnet) => ({ subnet, gateway: route.gateway, metric: route.metric, routeDomain: null }));
  });
}
