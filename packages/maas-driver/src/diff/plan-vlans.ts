import type { Network } from '@drydock/model';
import {
  subjectOfLink,
  subjectOfNetwork,
  type PlacedLink,
  type TopologyChange,
  type TopologySubject,
} from './topology-model.js';

interface VlanWish {
  readonly vid: number;
  /** Null: any. */
  readonly name: string | null;
  readonly mtu: number;
  readonly subject: TopologySubject;
}

/** The VLANs of a link's fabric: the untagged one with the link's MTU, and one for each network. */
export function planVlans(placed: PlacedLink): readonly TopologyChange[] {
  const { fabric } = placed;
  if (fabric === null) return [];
  const path = `fabrics/${fabric.id}/vlans/`;
  return wishes(placed).flatMap((wish): readonly TopologyChange[] => {
    const found = fabric.vlans.find((vlan) => vlan.vid === wish.vid);
    const fields = {
      ...(wish.name === null || found?.name === wish.name ? {} : { name: wish.name }),
      ...(found?.mtu === wish.mtu ? {} : { mtu: wish.mtu }),
    };
    const text = `VLAN ${wish.vid} of fabric ${fabric.name}: ${Object.entries(fields)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`;
    if (found === undefined) {
      return [
        { subject: wish.subject, method: 'POST', path, fields: { vid: wish.vid, ...fields }, text: `create ${text}` },
      ];
    }
    if (Object.keys(fields).length === 0) return [];
    return [{ subject: wish.subject, method: 'PUT', path: `${path}${wish.vid}/`, fields, text: `set ${text}` }];
  });
}

/** Networks on one VLAN share it: the first gives its name and MTU. */
function wishes(placed: PlacedLink): readonly VlanWish[] {
  const { link, networks } = placed;
  const byVid = new Map<number, VlanWish>();
  for (const network of networks) {
    if (!byVid.has(network.vlanId)) byVid.set(network.vlanId, wishOf(network, link.mtu));
  }
  if (!byVid.has(0)) byVid.set(0, { vid: 0, name: null, mtu: link.mtu, subject: subjectOfLink(link) });
  return [...byVid.values()].sort((one, other) => one.vid - other.vid);
}

function wishOf(network: Network, linkMtu: number): VlanWish {
  return { vid: network.vlanId, name: network.name, mtu: network.mtu ?? linkMtu, subject: subjectOfNetwork(network) };
}
