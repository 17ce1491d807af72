import { rangesOf, usedAddresses } from '../network/addresses.js';
import { networkHolds, parseAddress, parseNetwork, type AddressNumber } from '../network/ip-math.js';
import { rangeView } from '../views/site-views.js';
import type { IpRange, Subnet } from '../world/site.js';
import { json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';
import { findSubnet } from './subnet-lookup.js';

/** Address ranges (05 §4.4, rules §9). */
export const rangeRoutes: readonly Route[] = [
  { path: 'ipranges/', endpoints: { GET: users(list), POST: users(changingSite(create)) } },
  {
    path: 'ipranges/:id/',
    endpoints: { GET: users(read), PUT: users(changingSite(update)), DELETE: users(changingSite(remove)) },
  },
];

function show(call: Call, range: IpRange): Record<string, unknown> {
  return rangeView(
    call.world,
    range,
    call.users.find((user) => user.username === range.user),
  );
}

function list(call: Call): Reply {
  return json([...call.world.site.ipRanges.values()].map((range) => show(call, range)));
}

function rangeOf(call: Call): IpRange {
  const range = call.world.site.ipRanges.get(Number(call.params['id']));
  if (range === undefined) throw refuse.notFound('IPRange');
  return range;
}

function read(call: Call): Reply {
  return json(show(call, rangeOf(call)));
}

function create(call: Call): Reply {
  const type = call.form.require('type');
  if (type !== 'reserved' && type !== 'dynamic') {
    throw refuse.field('type', `Select a valid choice. ${type} is not one of the available choices.`);
  }
  if (type === 'dynamic' && !call.user.isSuperuser) {
    throw refuse.text(403, "Unable to create dynamic IP range. You don't have sufficient privileges.");
  }
  const range: IpRange = {
    id: 0,
    type,
    startIp: call.form.require('start_ip'),
    endIp: call.form.require('end_ip'),
    subnetId: 0,
    comment: call.form.get('comment') ?? '',
    user: call.user.username,
  };
  const subnetId = requirePlace(call, range).id;
  const stored: IpRange = { ...range, subnetId, id: call.world.nextId('ipRange') };
  call.world.site.ipRanges.set(stored.id, stored);
  return json(show(call, stored));
}

function update(call: Call): Reply {
  const range = owned(call);
  const wanted: IpRange = {
    ...range,
    startIp: call.form.get('start_ip') ?? range.startIp,
    endIp: call.form.get('end_ip') ?? range.endIp,
    comment: call.form.get('comment') ?? range.comment,
  };
  Object.assign(range, { ...wanted, subnetId: requirePlace(call, wanted).id });
  return json(show(call, range));
}

function owned(call: Call): IpRange {
  const range = rangeOf(call);
  if (!call.user.isSuperuser && range.user !== call.user.username) throw refuse.text(403, '');
  return range;
}

function remove(call: Call): Reply {
  call.world.site.ipRanges.delete(owned(call).id);
  return noContent;
}

/** The subnet that the range lies in; refuses what overlaps or holds the gateway. */
function requirePlace(call: Call, range: IpRange): Subnet {
  const start = requireAddress('start_ip', range.startIp);
  const end = requireAddress('end_ip', range.endIp);
  if (end.value < start.value) {
    throw refuse.field('end_ip', 'End IP address must not be less than Start IP address.');
  }
  const subnet = subnetFor(call, start);
  const network = subnet === undefined ? undefined : parseNetwork(subnet.cidr);
  if (subnet === undefined || network === undefined || !networkHolds(network, end)) {
    throw refuse.field('__all__', 'Start IP address and end IP address must be in the same subnet.');
  }
  if (isTaken(call, range, subnet, [start.value, end.value])) {
    const message =
      range.type === 'reserved'
        ? 'Requested reserved range conflicts with an existing range.'
        : 'Requested dynamic range conflicts with an existing IP address or range.';
    throw refuse.field('start_ip', message);
  }
  return subnet;
}

function isTaken(call: Call, range: IpRange, subnet: Subnet, [start, end]: [bigint, bigint]): boolean {
  const others = rangesOf(call.world, subnet.id).filter((other) => other.range.id !== range.id);
  if (others.some((other) => other.first <= end && start <= other.last)) return true;
  if (range.type === 'reserved') return false;
  const inside = (text: string | null) => {
    const value = text === null ? undefined : parseAddress(text)?.value;
    return value !== undefined && start <= value && value <= end;
  };
  return inside(subnet.gatewayIp) || [...usedAddresses(call.world, subnet.id)].some(inside);
}

function subnetFor(call: Call, start: AddressNumber): Subnet | undefined {
  const given = call.form.get('subnet') ?? '';
  const candidate = given === '' ? undefined : findSubnet(call.world, given);
  if (given !== '' && candidate === undefined) {
    throw refuse.field('subnet', 'Select a valid choice. That choice is not one of the available choices.');
  }
  const pool = candidate === undefined ? [...call.world.site.subnets.values()] : [candidate];
  return pool.find((subnet) => {
    const network = parseNetwork(subnet.cidr);
    return network !== undefined && networkHolds(network, start);
  });
}

function requireAddress(field: string, text: string): AddressNumber {
  const address = parseAddress(text);
  if (address === undefined) throw refuse.field(field, 'Enter a valid IPv4 or IPv6 address.');
  return address;
}
