import type { Network } from '@drydock/model';
import type { RackDocument, VlanDocument } from '../resources/site-documents.js';
import {
  emptyPlan,
  joinPlans,
  subjectOfNetwork,
  vlanOfNetwork,
  type FoundTopology,
  type PlacedLink,
  type TopologyChange,
  type TopologyPlan,
} from './topology-model.js';

/** DHCP, or its relay, on the VLANs of networks with a dhcp range. Switching between the two takes two requests (W-24). */
export function planDhcp(found: FoundTopology, placed: PlacedLink): TopologyPlan {
  const served = new Set<number>();
  const plans = placed.networks.map((network) => {
    const vlan = vlanOfNetwork(placed.fabric, network);
    if (vlan === undefined || served.has(vlan.id) || !network.ranges.some((range) => range.type === 'dhcp'))
      return emptyPlan;
    served.add(vlan.id);
    return network.dhcpRelayUpstreamTarget === null
      ? planServer(found, vlan, network)
      : planRelay(found, vlan, { network, target: network.dhcpRelayUpstreamTarget });
  });
  return joinPlans(plans);
}

function planServer(found: FoundTopology, vlan: VlanDocument, network: Network): TopologyPlan {
  const near = found.racks.filter((rack) => rack.interface_set?.some((nic) => nic.vlan?.id === vlan.id));
  const ids = near.map((rack) => rack.system_id);
  const primary = ids.find((id) => id === vlan.primary_rack) ?? ids[0];
  if (primary === undefined) {
    const text = `no healthy rack controller has an interface on VLAN ${vlan.vid} of network ${network.name}, so nobody can serve its DHCP; connect one, or name a dhcp_relay in the design`;
    return problem(network, text);
  }
  if ((vlan.relay_vlan ?? null) !== null) return change(vlan, network, { relay_vlan: null });
  const others = ids.filter((id) => id !== primary);
  const secondary = others.find((id) => id === vlan.secondary_rack) ?? others[0] ?? null;
  const fields = {
    ...(vlan.dhcp_on === true ? {} : { dhcp_on: true }),
    ...(vlan.primary_rack === primary ? {} : { primary_rack: primary }),
    ...((vlan.secondary_rack || null) === secondary ? {} : { secondary_rack: secondary }),
  };
  return Object.keys(fields).length === 0 ? emptyPlan : change(vlan, network, fields);
}

function planRelay(
  found: FoundTopology,
  vlan: VlanDocument,
  wish: { readonly network: Network; readonly target: string },
): TopologyPlan {
  const { network, target } = wish;
  const relayVlanId = found.racks.map((rack) => vlanOfAddress(rack, target)).find((id) => id !== undefined);
  if (relayVlanId === undefined) {
    const text = `no healthy rack controller has the address ${target}, the DHCP relay target of network ${network.name}; correct the design or give a rack that address`;
    return problem(network, text);
  }
  if (vlan.relay_vlan?.id === relayVlanId) return emptyPlan;
  if (vlan.dhcp_on === true) return change(vlan, network, { dhcp_on: false });
  return change(vlan, network, { relay_vlan: relayVlanId });
}

function vlanOfAddress(rack: RackDocument, address: string): number | undefined {
  return rack.interface_set?.find((nic) => nic.links?.some((link) => link.ip_address === address))?.vlan?.id;
}

function change(vlan: VlanDocument, network: Network, fields: TopologyChange['fields']): TopologyPlan {
  const text = `set ${Object.entries(fields)
    .map(([name, value]) => `${name} ${value === null ? 'to none' : String(value)}`)
    .join(', ')} on VLAN ${vlan.vid}`;
  const path = `fabrics/${vlan.fabric_id}/vlans/${vlan.vid}/`;
  return { changes: [{ subject: subjectOfNetwork(network), method: 'PUT', path, fields, text }], problems: [] };
}

function problem(network: Network, text: string): TopologyPlan {
  return { changes: [], problems: [{ subject: subjectOfNetwork(network), text }] };
}
