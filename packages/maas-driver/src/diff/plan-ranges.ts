import ipaddr from 'ipaddr.js';
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

/** Types of the design that MAAS keeps; `static` needs nothing. */
const rangeTypes: Readonly<Record<string, string>> = { reserved: 'reserved', dhcp: 'dynamic' };

/** Other components look for this comment. */
const comment = 'Configured by Drydock';

/** Address ranges of a link's networks. One that overlaps another is a problem that names both. */
export function planRanges(found: FoundTopology, placed: PlacedLink): TopologyPlan {
  return joinPlans(
    placed.networks.flatMap((network) => network.ranges.map((range) => planRange(found, network, range))),
  );
}

function planRange(found: FoundTopology, network: Network, range: Network['ranges'][number]): TopologyPlan {
  const type = rangeTypes[range.type];
  const subnet = subnetOfNetwork(found, network);
  const { start, end } = range;
  if (type === undefined || subnet === undefined || start === null || end === null) return emptyPlan;
  const own = found.ranges.filter((candidate) => candidate.subnet.id === subnet.id);
  const wanted = { start, end };
  const same = own.find((candidate) => isSameRange(wanted, candidate) && candidate.type === type);
  if (same !== undefined) return emptyPlan;
  const overlapping = own.find((candidate) => overlaps(wanted, candidate));
  const subject = subjectOfNetwork(network);
  if (overlapping !== undefined) {
    const { start_ip, end_ip } = overlapping;
    const text = `${type} range ${start} to ${end} of network ${network.name} overlaps the ${overlapping.type} range ${start_ip} to ${end_ip} in MAAS; delete that or change the design`;
    return { changes: [], problems: [{ subject, text }] };
  }
  const fields = { type, start_ip: start, end_ip: end, subnet: String(subnet.id), comment };
  const text = `create ${type} range ${start} to ${end}`;
  return { changes: [{ subject, method: 'POST', path: 'ipranges/', fields, text }], problems: [] };
}

interface Found {
  readonly start_ip: string;
  readonly end_ip: string;
}

interface Wanted {
  readonly start: string;
  readonly end: string;
}

function isSameRange(wanted: Wanted, found: Found): boolean {
  return orderOf(wanted.start) === orderOf(found.start_ip) && orderOf(wanted.end) === orderOf(found.end_ip);
}

function overlaps(wanted: Wanted, found: Found): boolean {
  return orderOf(wanted.start) <= orderOf(found.end_ip) && orderOf(found.start_ip) <= orderOf(wanted.end);
}

/** Text that sorts as the addresses of one family do. */
function orderOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  return Buffer.from(ipaddr.parse(address).toByteArray()).toString('hex');
}
