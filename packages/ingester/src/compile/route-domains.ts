import type { Network, NetworkRoute } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import type { DesignIndex } from './design-index.js';

/** Of all domains together: n networks make n² routes, and no design may make endless ones. */
const mostRoutes = 1_000_000;

/**
 * Writes out route domains (reference 02 §4.13): a network with a route that names a domain, a gateway and a metric
 * gets that route to the CIDR of every network of the domain but its own, unless it has such a route already. The
 * placeholder route stays. Domains, and the networks of one, go by name, so that the order of documents decides nothing.
 */
export function renderRouteDomains(
  networks: readonly Network[],
  index: DesignIndex,
  report: CompileReport,
): readonly Network[] {
  const cidrs = cidrsByDomain(networks);
  if (cidrs.size === 0) return networks;
  let count = 0;
  for (const network of networks) {
    for (const { routeDomain } of placeholdersOf(network)) count += cidrs.get(routeDomain)?.length ?? 0;
    if (count > mostRoutes) {
      sayTooMany(index.find('Network', network.name), report);
      return networks;
    }
  }
  return networks.map((network) => withRoutes(network, cidrs));
}

interface Placeholder extends NetworkRoute {
  readonly routeDomain: string;
}

/** In the order of the networks' names. */
function cidrsByDomain(networks: readonly Network[]): ReadonlyMap<string, readonly string[]> {
  const cidrs = new Map<string, string[]>();
  for (const { routeDomain, cidr } of networks.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    if (routeDomain === null) continue;
    const known = cidrs.get(routeDomain);
    if (known === undefined) cidrs.set(routeDomain, [cidr]);
    else known.push(cidr);
  }
  return cidrs;
}

/** The first route of each domain counts; without a gateway or metric it stands for nothing. */
function placeholdersOf({ routes }: Network): readonly Placeholder[] {
  const first = new Map<string, Placeholder>();
  for (const route of routes) {
    const { routeDomain } = route;
    if (routeDomain !== null && !first.has(routeDomain)) first.set(routeDomain, { ...route, routeDomain });
  }
  return [...first.values()]
    .filter(({ gateway, metric }) => gateway !== null && metric !== null)
    .sort((left, right) => (left.routeDomain < right.routeDomain ? -1 : 1));
}

function withRoutes(network: Network, cidrs: ReadonlyMap<string, readonly string[]>): Network {
  const placeholders = placeholdersOf(network);
  if (placeholders.length === 0) return network;
  const routes = [...network.routes];
  const known = new Set(routes.map(targetOf));
  for (const { routeDomain, gateway, metric } of placeholders) {
    for (const subnet of cidrs.get(routeDomain) ?? []) {
      const route = { subnet, gateway, metric, routeDomain: null };
      if (subnet === network.cidr || known.has(targetOf(route))) continue;
      known.add(targetOf(route));
      routes.push(route);
    }
  }
  return { ...network, routes };
}

/** The provisioner has one route for each of these. */
function targetOf({ subnet, gateway }: NetworkRoute): string {
  return `${subnet} ${gateway}`;
}

function sayTooMany(document: SiteDocument<'Network'> | undefined, report: CompileReport): void {
  if (document === undefined) return;
  report.say('compile.value', {
    document,
    keys: ['routedomain'],
    message: `the route domains of the design make more than ${mostRoutes} routes, so none is written out`,
    diagnostic: 'divide the domains, or write routes to larger subnets',
  });
}
