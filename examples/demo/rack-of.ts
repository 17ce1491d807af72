import type { RackInterfaceSpec, RackSpec } from '@drydock/maas-simulator';
import type { CompiledSite, Network } from '@drydock/model';

/**
 * The one rack controller of a simulated site. It has an interface on every network with a dynamic range, where it
 * already serves DHCP if Drydock is to leave that network alone, and owns the address of every DHCP relay's target.
 */
export function rackOf(site: CompiledSite): RackSpec {
  const served = site.networks
    .filter((network) => network.dhcpRelayUpstreamTarget === null && network.ranges.some(({ type }) => type === 'dhcp'))
    .map((network) => servedInterface(network, site));
  const targets = [...new Set(site.networks.flatMap((network) => network.dhcpRelayUpstreamTarget ?? []))];
  const named = [...served, ...targets.map((target) => relayInterface(target))];
  return {
    hostname: 'rack-controller-01',
    interfaces: [{ fabric: 'fabric-0' }, ...named].map((nic, index) => ({ ...nic, name: `eth${index}` })),
  };
}

function servedInterface(network: Network, site: CompiledSite): Omit<RackInterfaceSpec, 'name'> {
  const link = site.networkLinks.find(({ allowedNetworks }) => allowedNetworks.includes(network.name));
  return {
    cidr: network.cidr,
    vid: network.vlanId,
    ...(link === undefined ? {} : { fabric: link.name }),
    ...(link?.isUnconfigured === true ? { dhcp: true } : {}),
  };
}

/** The relay's target is on a network that the design does not describe. */
function relayInterface(target: string): Omit<RackInterfaceSpec, 'name'> {
  return { fabric: 'relay', vid: 0, address: target, cidr: target.replace(/\.\d+$/, '.0/24') };
}
