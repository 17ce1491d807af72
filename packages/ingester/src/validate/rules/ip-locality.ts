import type { CompiledNode, Network } from '@drydock/model';
import { parseAddress, parseCidr, type Cidr } from '../ip-text.js';
import { aboutNetwork, aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

/** Network name to its CIDR; null when that one is broken, of which the CIDR rule speaks. */
type Cidrs = ReadonlyMap<string, Cidr | null>;

export const ipLocality: ValidationRule = {
  id: 'network.ip-locality',
  code: 'DD2002',
  title: 'IP Locality Check',
  passed: 'every gateway and every address lies in its network',
  check({ site: { networks }, nodes }, report) {
    const cidrs: Cidrs = new Map(networks.map((network) => [network.name, parseCidr(network.cidr)]));
    if (networks.length === 0) report.warning({ message: 'the design has no networks', diagnostic: 'add networks' });
    for (const network of networks) checkGateways(network, cidrs, report);
    if (nodes.length === 0) report.warning({ message: 'the design has no nodes', diagnostic: 'add nodes' });
    for (const node of nodes) checkAddresses(node, cidrs, report);
  },
};

function checkGateways({ name, cidr, routes }: Network, cidrs: Cidrs, report: RuleReport): void {
  const network = cidrs.get(name);
  routes.forEach(({ gateway, subnet }, index) => {
    const isLocal = gateway !== null && network?.contains(gateway) === true;
    if (isLocal || (gateway !== null && network === null)) return;
    report.error({
      message:
        gateway === null
          ? `network ${name} has a route to ${subnet ?? 'a route domain'} without a gateway`
          : `the gateway ${gateway} of network ${name} is not in ${cidr}`,
      diagnostic: `give the route a gateway in ${cidr}`,
      about: aboutNetwork(name),
      keys: ['routes', index],
    });
  });
}

function checkAddresses({ name, addressing }: CompiledNode, cidrs: Cidrs, report: RuleReport): void {
  addressing.forEach(({ network, address }, index) => {
    if (address === null) return;
    const problem = problemOf(network, address, cidrs);
    if (problem === null) return;
    report.error({
      message: `node ${name}: ${problem}`,
      diagnostic: 'correct the address or its network in addressing',
      about: aboutNode(name),
      keys: ['addressing', index],
    });
  });
}

function problemOf(network: string, address: string, cidrs: Cidrs): string | null {
  const cidr = cidrs.get(network);
  if (cidr === undefined) return `address ${address} is on network ${network}, which is not in the design`;
  if (parseAddress(address) === null) return `"${address}" on network ${network} is no IP address`;
  return cidr === null || cidr.contains(address)
    ? null
    : `address ${address} is not in network ${network} (${cidr.network})`;
}
